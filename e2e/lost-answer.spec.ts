import type { Route } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { holdLiveEvents } from './held-events.ts';
import { ChatTab } from './person/chat-tab.ts';
import { failedRequests } from './trouble.ts';

test('Regenerate that is pressed again after a lost answer writes one answer', async ({ tab, person, stack, trouble }) => {
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=4 stamp]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const late = new ChatTab(await person.context.newPage());
  const network = await holdLiveEvents(late.page);
  await late.open(chatId);
  const regenerate = late.answer.getByRole('button', { name: 'Regenerate', exact: true });
  await expect(regenerate).toBeEnabled();
  network.hold();
  trouble.expect(failedRequests);
  // The server takes it, and its answer is lost.
  const loseAnswer = async (route: Route) => {
    await route.fetch();
    await route.abort();
  };
  await late.page.route('**/api/trpc/run.regenerate*', loseAnswer, { times: 1 });
  const refusal = late.page.getByText(/^Not started\./);
  await regenerate.click();
  await expect(refusal).toBeVisible();
  await regenerate.click();
  await expect(refusal).toBeHidden();
  network.release();
  await expect(late.conversation.getByRole('group', { name: /^Version/ })).toHaveAccessibleName('Version 2 of 2');
  await expect(late.answer).toHaveAttribute('aria-busy', 'false');
  expect((await person.api.messages(chatId))[1]!.metadata!.siblings).toHaveLength(2);
});
