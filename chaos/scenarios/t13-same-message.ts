import { randomUUID } from 'node:crypto';
import { refusalOf } from '#server/testing/api-client';
import type { ChaosProcess } from '../chaos-process.ts';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const posts = 50;

/** A client that is not sure whether it was heard, fifty times at once and at two web processes. */
export const t13: Scenario = {
  id: 'T13',
  title: '50 parallel posts of the same message',
  async run(stage) {
    await stage.setUp({ webs: 2, workers: 1 });
    const guest = await stage.signIn();
    const rounds = stage.pick(4, 40);
    for (let round = 0; round < rounds; round++) await postTogether(stage, guest, { texts: 1 + (round % 2) });
    return { iterations: rounds, struck: { 'parallel post': rounds * posts } };
  },
};

/** What came back for a post of one of the texts: the run's id, or why it was refused. */
type Answer = { text: string; runId: string | null; refusal: string | null };

async function postTogether(stage: Stage, guest: Guest, { texts }: { texts: number }): Promise<void> {
  const chatId = await guest.createChat();
  const follower = guest.follow(chatId);
  const message = { id: randomUUID(), texts: Array.from({ length: texts }, () => stage.question('words=5')) };
  const post = (web: ChaosProcess, text: string) => answerOf(guest, { web, chatId, message: { id: message.id, text } });
  const answers = await Promise.all(
    Array.from({ length: posts }, () => {
      return post(stage.webs[stage.random(0, 1)]!, message.texts[stage.random(0, texts - 1)]!);
    }),
  );
  const winner = answers.find(({ runId }) => runId !== null);
  if (!winner) return stage.fail(`${chatId}: no post was taken: ${answers[0]?.refusal}`);
  await follower.until((event) => event.type === 'run' && event.run?.status === 'succeeded', `the answer in ${chatId}`);
  // The run is over; the client has still not heard of it.
  answers.push(await post(stage.webs[1]!, winner.text));
  for (const answer of answers) {
    const expected = answer.text === winner.text ? winner.runId : 'MESSAGE_CONFLICT';
    const got = answer.runId ?? answer.refusal;
    if (got !== expected) stage.fail(`${chatId}: a post was answered ${got}, not ${expected}`);
  }
  await expectRows(stage, chatId);
}

type Post = { web: ChaosProcess; chatId: string; message: { id: string; text: string } };

async function answerOf(guest: Guest, { web, chatId, message }: Post): Promise<Answer> {
  const { text } = message;
  try {
    const { run } = await guest.at(web).call.run.start.mutate({ chatId, message });
    return { text, runId: run!.id, refusal: null };
  } catch (error) {
    return { text, runId: null, refusal: refusalOf(error) ?? String(error) };
  }
}

/** One question, one answer, one run. */
async function expectRows(stage: Stage, chatId: string): Promise<void> {
  const { rows } = await stage.database.pool.query<{ messages: number; runs: number }>(
    `SELECT (SELECT count(*)::int FROM message WHERE chat_id = $1) AS messages,
            (SELECT count(*)::int FROM run WHERE chat_id = $1) AS runs`,
    [chatId],
  );
  const { messages, runs } = rows[0]!;
  if (messages !== 2 || runs !== 1) stage.fail(`${chatId}: ${messages} messages and ${runs} runs were left`);
}
