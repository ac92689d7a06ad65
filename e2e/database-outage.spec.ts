import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';
import { readStatusTexts, recordStatusTexts } from './status-texts.ts';
import { failedRequests } from './trouble.ts';

test('a page outlives an outage of the database in mid-answer: it says so and goes on at the word', async ({
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
  await recordStatusTexts(tab);

  trouble.expect(failedRequests);
  stack.databaseWay.refuse(true);
  stack.databaseWay.cutAll();
  await expect(tab.status).toHaveText('Reconnecting…');
  await expect(tab.answer).toContainText('1.10');
  question.release(20);
  await question.until(({ sent }) => sent === scriptedText(30));
  stack.databaseWay.heal();
  await expect(tab.answer).toContainText('1.30');
  for (const word of [35, 40]) {
    question.release(5);
    await expect(tab.answer).toContainText(`1.${word}`);
  }
  await expect(tab.status).toHaveText('Writing…');
  // Its worker may pass for dead until it is heard of again; the page never passes for connected too early.
  const texts = await readStatusTexts(tab);
  expect(texts.filter((text) => text !== 'Interrupted, continuing…')).toEqual(['Reconnecting…', 'Writing…']);

  question.release(20);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toContainText('1.60');
  await expect(tab.neverReloaded).toBeAttached();
  expect(await person.api.texts(chatId)).toEqual([question.text, scriptedText(60)]);
  expect(await person.api.latestRun(chatId)).toMatchObject({ status: 'succeeded', epoch: 1 });
});
