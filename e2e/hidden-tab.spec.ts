import { expect, test } from './fixtures.ts';
import { setVisibility } from './set-visibility.ts';

/** Longer than a hidden tab keeps its connection. */
const longAwayMs = 60_000;

test('a hidden tab drops its stream, and goes on at the word when it is looked at again', async ({
  tab,
  person,
  script,
}) => {
  await tab.page.clock.install();
  await tab.page.reload({ waitUntil: 'commit' });
  const socket = await tab.page.waitForEvent('websocket');
  const question = script('words=30 stamp');
  const chatId = await tab.begin(question.text);
  question.release(10);
  await expect(tab.answer).toHaveText(await question.said(10));

  const dropped = socket.waitForEvent('close');
  await setVisibility(tab.page, 'hidden');
  await tab.page.clock.fastForward(longAwayMs);
  await dropped;
  question.release(10);
  const missed = await question.said(20);
  await expect(tab.answer).not.toHaveText(missed);

  await setVisibility(tab.page, 'visible');
  await expect(tab.answer).toHaveText(missed);
  question.release(10);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toHaveText(await question.saidAll());
  expect((await person.api.texts(chatId)).at(-1)).toContain(missed);
});
