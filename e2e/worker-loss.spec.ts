import { scriptedText } from '#server/testing/scripted-text';
import { expect, test } from './fixtures.ts';
import type { Api } from './person/api.ts';
import type { ChatTab } from './person/chat-tab.ts';
import type { Question } from './stack/question.ts';
import type { Stack } from './stack/stack.ts';

/** A lost worker is noticed at once, except in the first ten seconds of a database's life. */
test.slow();

const words = 40;

/** Ask, let ten words through, and kill the worker that writes them down. */
async function killOwner(stack: Stack, { tab, api, question }: { tab: ChatTab; api: Api; question: Question }) {
  const chatId = await tab.begin(question.text);
  question.release(10);
  await expect(tab.answer).toContainText('1.10');
  const { id } = await api.latestRun(chatId);
  await stack.killWorker(await stack.ownerOf(id));
  return chatId;
}

/** The successor asks the provider again, whose answer is the same; what the lost worker wrote is not doubled. */
async function expectContinued({ tab, api, question }: { tab: ChatTab; api: Api; question: Question }, chatId: string) {
  await question.request(2);
  question.release(words / 2);
  await expect(tab.status).toHaveText(/^Interrupted by a restart, continued \d+ s later$/);
  question.release(words / 2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.answer).toContainText(`1.${words}`);
  await expect(tab.retryButton).toBeHidden();
  expect(await api.texts(chatId)).toEqual([question.text, scriptedText(words)]);
  expect(await api.latestRun(chatId)).toMatchObject({ status: 'succeeded', epoch: 2 });
}

async function expectFree(tab: ChatTab, next: Question) {
  await tab.ask(next.text);
  next.release(1);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveText(await next.saidAll());
}

test('another worker continues what a killed one was writing', async ({ stack, tab, person, script }) => {
  await stack.startWorker();
  const turn = { tab, api: person.api, question: script(`words=${words}`) };
  const chatId = await killOwner(stack, turn);
  await expectContinued(turn, chatId);
  await expectFree(tab, script('words=1 stamp'));
});

test('a worker started later continues what the only one was writing', async ({ stack, tab, person, script }) => {
  const turn = { tab, api: person.api, question: script(`words=${words}`) };
  const chatId = await killOwner(stack, turn);
  await expect(tab.status).toHaveText('Interrupted, continuing…');
  await stack.startWorker();
  await expectContinued(turn, chatId);
  await expectFree(tab, script('words=1 stamp'));
});

test('Stop ends a run whose worker is dead', async ({ stack, tab, person, script }) => {
  const turn = { tab, api: person.api, question: script(`words=${words}`) };
  const chatId = await killOwner(stack, turn);
  await tab.stopButton.click();
  await expect(tab.status).toHaveText('Stopped.');
  await expect(tab.answer).toContainText('1.10');
  expect(await person.api.texts(chatId)).toEqual([turn.question.text, scriptedText(10)]);
  await stack.startWorker();
  await expectFree(tab, script('words=1 stamp'));
});
