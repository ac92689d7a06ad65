import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

test('an answer tells its time in the reader’s own clock, its model and its tokens', async ({ tab, person, stack }) => {
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=4]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const [, answer] = await person.api.messages(chatId);
  const { createdAt, usage } = answer!.metadata!;
  const details = tab.conversation.locator('div', { has: tab.page.locator(`time[datetime="${createdAt}"]`) }).last();
  await tab.answer.hover();
  await expect(details).toHaveCSS('opacity', '1');
  const shown = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(new Date(createdAt));
  await expect(details.getByRole('time').first()).toHaveText(shown);
  await expect(details).toContainText(`${usage!.totalTokens} tokens (`);
  await expect(details).toContainText('scripted');
});

test('thoughts and tools tell how long they took, also after a reload', async ({ tab, stack }) => {
  await tab.begin(`${stack.nameQuestion()} [[words=6 think=8 tool=calculate]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  for (const isReloaded of [false, true]) {
    if (isReloaded) await tab.page.reload();
    await expect(tab.answer.getByText(/^Thought for \d+ s$/).first()).toBeVisible();
    await expect(tab.answer.getByText(/^[\d.]+ s$/).first()).toBeVisible();
    await expect(tab.answer.getByText('Done', { exact: true }).first()).toBeVisible();
    await expect(tab.answer.getByText('Input', { exact: true }).first()).toBeHidden();
  }
});

test('why an answer failed is told once: last below the conversation, then where it stands', async ({ tab, stack }) => {
  const reason = 'The model provider broke off in the middle of the answer.';
  await tab.begin(`${stack.nameQuestion()} [[words=20 cut-after=5]]`);
  await expect(tab.status).toHaveText(reason);
  await expect(tab.page.getByText(reason)).toHaveCount(1);
  await tab.ask(`${stack.nameQuestion()} [[words=3]]`);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answers.first()).toContainText(`Failed · ${reason}`);
  await expect(tab.page.getByText(reason)).toHaveCount(1);
});

test('an answer that was stopped on another branch is told there, and can be continued', async ({ tab, person, script }) => {
  const question = script('words=50 stamp');
  const chatId = await tab.begin(question.text);
  question.release(5);
  await expect(tab.answer).toContainText(await question.said(5));
  await tab.stopButton.click();
  await expect(tab.status).toHaveText('Stopped.');
  await tab.answer.getByRole('button', { name: 'Regenerate', exact: true }).click();
  await question.request(2);
  question.release(50);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toHaveText((await question.request(2)).sent.trim());
  await expect(tab.status).toHaveText('');
  await expect(tab.continueButton).toHaveCount(0);

  await tab.conversation.getByRole('button', { name: 'Previous version' }).click();
  await expect(tab.status).toHaveText('Stopped.');
  await expect(tab.page.getByText(/^\d+ words kept/)).toBeVisible();
  await tab.continueButton.click();
  await question.request(3);
  question.release(50);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toHaveText((await question.request(3)).sent.trim());
  await expect(tab.conversation.getByRole('group', { name: 'Version 1 of 2' })).toBeVisible();
  expect((await person.api.latestRun(chatId)).trigger).toBe('continue');
});

test('sources are links below the answer, and everything can be copied as Markdown', async ({ tab, person, stack }) => {
  await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=4]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const [, answer] = await person.api.messages(chatId);
  const sources = [
    { type: 'source-url', sourceId: '1', url: 'https://example.org/tides', title: 'Tides' },
    { type: 'source-url', sourceId: '2', url: 'javascript:alert(1)', title: 'Not a page' },
  ];
  const parts = JSON.stringify([...answer!.parts, ...sources]);
  await stack.changeRows('UPDATE message SET parts = $2 WHERE id = $1', [answer!.id, parts]);
  await tab.page.reload();
  const links = tab.answer.getByRole('region', { name: 'Sources' }).getByRole('link');
  await expect(links).toHaveText(['Tides']);
  await expect(links).toHaveAttribute('href', 'https://example.org/tides');
  await tab.answer.getByRole('button', { name: /as Markdown/ }).click();
  const copied = () => tab.page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain('- [Tides](<https://example.org/tides>)');
  const { violations } = await new AxeBuilder({ page: tab.page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
});
