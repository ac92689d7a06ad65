import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';
import { failedRequests } from './trouble.ts';

test('a page outlives the web process: it says so, comes back by itself and ends complete', async ({
  stack,
  tab,
  person,
  script,
  trouble,
}) => {
  const question = script('words=60');
  const chatId = await tab.begin(question.text);
  question.release(10);
  await expect(tab.answer).toContainText('1.10');
  await tab.mark();

  trouble.expect(failedRequests);
  await stack.killWeb();
  await expect(tab.status).toHaveText('Reconnecting…');
  await expect(tab.answer).toContainText('1.10');
  question.release(20);
  await question.until(({ sent }) => sent === scriptedText(30));
  await stack.startWeb();
  await expect(tab.answer).toContainText('1.30');
  await expect(tab.status).toHaveText('Writing…');

  question.release(30);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toContainText('1.60');
  await expect(tab.neverReloaded).toBeAttached();
  expect(await person.api.texts(chatId)).toEqual([question.text, scriptedText(60)]);
});

test('a page outlives the web process while nothing is being answered', async ({ stack, tab, script, trouble }) => {
  const first = script('words=1 stamp');
  await tab.begin(first.text);
  first.release(1);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  trouble.expect(failedRequests);
  await stack.killWeb();
  await expect(tab.status).toHaveText('Reconnecting…');
  await stack.startWeb();
  await expect(tab.status).toHaveText('');
  const second = script('words=1 stamp');
  await tab.ask(second.text);
  second.release(1);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveText(await second.saidAll());
});
