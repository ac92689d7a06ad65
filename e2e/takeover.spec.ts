import type { RunRecord } from '#domain/run-view';
import { readAnswerGrowth, recordAnswerGrowth } from './answer-growth.ts';
import { expect, test } from './fixtures.ts';
import { ChatTab } from './person/chat-tab.ts';
import type { Person } from './person/person.ts';

/** A lost worker is noticed at once, except in the first ten seconds of a database's life. */
test.slow();

const words = 10;
/** Pieces of the provider's answer that call a tool. */
const callPieces = 3;

async function openRecordedTab(person: Person, chatId?: string): Promise<ChatTab> {
  const tab = new ChatTab(await person.context.newPage());
  await recordAnswerGrowth(tab.page);
  await tab.open(chatId);
  await tab.mark();
  return tab;
}

/** The words of a `stamp` answer are instants: no two requests say the same. */
const wordsOf = ({ sent }: { sent: string }) => sent.trim().split(' ');

test('a takeover keeps the completed step on the screen and writes the half-written one anew, in every open tab', async ({
  stack,
  person,
  script,
}) => {
  await stack.startWorker();
  const question = script(`words=${words} stamp tool=calculate`);
  const tab = await openRecordedTab(person);
  const chatId = await tab.begin(question.text);
  const tabs = [tab, await openRecordedTab(person, chatId)];

  question.release(words + callPieces);
  const half = await question.request(2);
  for (const each of tabs) await expect(each.answer.getByText('Done', { exact: true })).toBeVisible();
  const completed = await Promise.all(tabs.map(async ({ answer }) => (await answer.textContent())!));
  question.release(words / 2);
  await question.until((request) => request === half && wordsOf(request).length === words / 2);
  const lost = wordsOf(half);
  for (const each of tabs) await expect(each.answer).toContainText(lost.at(-1)!);

  const { id: runId } = await person.api.latestRun(chatId);
  await stack.killWorker(await stack.ownerOf(runId));
  const anew = await question.request(3);
  question.release(words);
  for (const each of tabs) {
    await expect(each.status).toHaveText(/^(|Interrupted by a restart, continued \d+ s later)$/);
    await expect(each.answer).toHaveAttribute('aria-busy', 'false');
    await expect(each.answer).toContainText(anew.sent.trim());
    await expect(each.neverReloaded).toBeAttached();
  }

  const asked = stack.model.requests.filter((request) => request.question === question.text);
  expect(asked.map(({ step }) => step)).toEqual([1, 2, 2]);
  expect((await person.api.texts(chatId))[1]).toBe(asked[0]!.sent + anew.sent);
  const [, answer] = await person.api.messages(chatId);
  expect(answer!.parts.map(({ type }) => type)).toEqual(
    ['step-start', 'text', 'tool-calculate', 'step-start', 'text'],
  );
  const record = await person.api.get<RunRecord>('run.get', { runId });
  expect(record.attempts.map(({ endReason }) => endReason)).toEqual(['worker_died', 'settled']);
  expect(JSON.stringify(record.drafts)).toContain(lost[0]);

  for (const [index, each] of tabs.entries()) {
    const growth = await readAnswerGrowth(each.page);
    const since = growth.slice(growth.indexOf(completed[index]!));
    expect(since.length).toBeGreaterThan(2);
    for (const text of since) {
      expect(text.startsWith(completed[index]!), `after ${JSON.stringify(completed[index])} came ${JSON.stringify(text)}`).toBe(true);
      expect(text.includes(lost[0]!) && text.includes(wordsOf(anew)[0]!), `doubled: ${JSON.stringify(text)}`).toBe(false);
    }
  }
});
