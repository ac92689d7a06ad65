import { runErrors } from '#domain/run-error';
import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';
import type { Api } from './person/api.ts';
import type { ChatTab } from './person/chat-tab.ts';
import type { Question } from './stack/question.ts';
import type { Stack } from './stack/stack.ts';

test.use({ settings: { RUN_MAX_ATTEMPTS: '2' } });
/** A lost worker is noticed at once, except in the first ten seconds of a database's life. */
test.slow();

const words = 10;
/** Pieces of the provider's answer that call a tool. */
const callPieces = 3;

type Turn = { stack: Stack; tab: ChatTab; api: Api; question: Question };

/** Lets the first step through, then kills whoever writes the second, until its attempts are spent. */
async function spendAttempts({ stack, tab, api, question }: Turn): Promise<string> {
  const chatId = await tab.begin(question.text);
  question.release(words + callPieces);
  for (const request of [2, 3]) {
    await question.request(request);
    question.release(words / 2);
    await expect(tab.answer).toContainText(`2.${words / 2}`);
    await stack.killWorker(await stack.ownerOf((await api.latestRun(chatId)).id));
    await stack.startWorker();
  }
  await expect(tab.status).toHaveText(runErrors.WORKER_LOST);
  return chatId;
}

async function expectPartial(tab: ChatTab) {
  await expect(tab.status).toHaveText(runErrors.WORKER_LOST);
  await expect(tab.answer).toContainText(`1.${words}`);
  await expect(tab.answer).toContainText(`2.${words / 2}`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.page.getByText(/^Continue goes on after the last completed step/)).toBeVisible();
}

const stepsOf = ({ model }: Stack, { text }: Question) =>
  model.requests.filter((request) => request.question === text).map(({ step }) => step);

test('an answer whose attempts are spent keeps its words, and Continue ends it in the same message', async ({
  stack,
  tab,
  person,
  script,
}) => {
  const question = script(`words=${words} tool=calculate`);
  const chatId = await spendAttempts({ stack, tab, api: person.api, question });
  await expectPartial(tab);
  const failed = await person.api.latestRun(chatId);
  const other = await person.openTab(chatId);
  await expectPartial(other);

  await tab.continueButton.click();
  await question.request(4);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'true');
  question.release(words / 2);
  await tab.page.reload();
  for (const each of [tab, other]) {
    await expect(each.answer).toContainText(`2.${words / 2}`);
    await expect(each.answer).toHaveAttribute('aria-busy', 'true');
  }
  question.release(words / 2);
  for (const each of [tab, other]) {
    await expect(each.answer).toHaveAttribute('aria-busy', 'false');
    await expect(each.answer).toContainText(`2.${words}`);
    await expect(each.continueButton).toBeHidden();
    await expect(each.answers).toHaveCount(1);
  }
  expect(stepsOf(stack, question)).toEqual([1, 2, 2, 2]);
  expect(await person.api.texts(chatId)).toEqual([question.text, scriptedText(words) + scriptedText(words, 2)]);
  const continued = await person.api.latestRun(chatId);
  expect(continued).toMatchObject({
    status: 'succeeded',
    trigger: 'continue',
    assistantMessageId: failed.assistantMessageId,
  });
});

test('an answer whose attempts are spent can be written anew', async ({ stack, tab, person, script }) => {
  const question = script(`words=${words} tool=calculate`);
  const chatId = await spendAttempts({ stack, tab, api: person.api, question });
  const failed = await person.api.latestRun(chatId);

  await tab.retryButton.click();
  await question.request(4);
  question.release(words + callPieces + words);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toContainText(`2.${words}`);
  await expect(tab.retryButton).toBeHidden();
  await expect(tab.answers).toHaveCount(1);
  expect(stepsOf(stack, question)).toEqual([1, 2, 2, 1, 2]);
  const again = await person.api.latestRun(chatId);
  expect(again).toMatchObject({ status: 'succeeded', trigger: 'regenerate' });
  expect(again.assistantMessageId).not.toBe(failed.assistantMessageId);
});
