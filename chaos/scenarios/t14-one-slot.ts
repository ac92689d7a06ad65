import { TRPCClientError } from '@trpc/client';
import type { ErrorData } from '#server/trpc/errors';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const sends = 50;

/** Fifty people press Send in the same chat at the same moment, at two web processes. */
export const t14: Scenario = {
  id: 'T14',
  title: '50 parallel sends to one chat',
  async run(stage) {
    await stage.setUp({ webs: 2, workers: 1 });
    const guest = await stage.signIn();
    const rounds = stage.pick(4, 40);
    for (let round = 0; round < rounds; round++) await sendTogether(stage, guest);
    return { iterations: rounds, struck: { 'parallel send': rounds * sends } };
  },
};

type Answer = { runId: string } | { reason: string; activeRunId: string | undefined };

async function sendTogether(stage: Stage, guest: Guest): Promise<void> {
  const chatId = await guest.createChat();
  const follower = guest.follow(chatId);
  // Nobody's answer may be over before the last send has arrived: the slot would be free again.
  const gate = `t14-${chatId}`;
  const answers = await Promise.all(
    Array.from({ length: sends }, () => send(stage, guest, { chatId, text: stage.question(`words=3 gate=${gate}`) })),
  );
  const winners = answers.flatMap((answer) => ('runId' in answer ? [answer.runId] : []));
  if (winners.length !== 1) return stage.fail(`${chatId}: ${winners.length} of ${sends} sends were taken`);
  const [winner] = winners;
  for (const answer of answers) {
    if ('runId' in answer || (answer.reason === 'RUN_ACTIVE' && answer.activeRunId === winner)) continue;
    stage.fail(`${chatId}: a send was refused with ${answer.reason} for ${answer.activeRunId}, not for ${winner}`);
  }
  await expectNoOrphan(stage, chatId);
  await stage.model.release(gate, 3);
  await follower.until((event) => event.type === 'run' && event.run?.status === 'succeeded', `the answer in ${chatId}`);
  // The slot is free again.
  await guest.start(chatId, stage.question('words=3'));
}

async function send(stage: Stage, guest: Guest, { chatId, text }: { chatId: string; text: string }): Promise<Answer> {
  try {
    const web = stage.webs[stage.random(0, 1)]!;
    const { run } = await guest.at(web).call.run.start.mutate({ chatId, message: { text } });
    return { runId: run!.id };
  } catch (error) {
    const data = (error instanceof TRPCClientError ? error.data : null) as ErrorData | null;
    return { reason: data?.reason ?? String(error), activeRunId: data?.activeRunId };
  }
}

/** The losers have left nothing behind. */
async function expectNoOrphan(stage: Stage, chatId: string): Promise<void> {
  const { rows } = await stage.database.pool.query<{ messages: number; jobs: number }>(
    `SELECT count(*)::int AS messages,
            (SELECT count(*)::int FROM pgboss.job
              WHERE data ->> 'runId' NOT IN (SELECT id::text FROM run)) AS jobs
       FROM message WHERE chat_id = $1`,
    [chatId],
  );
  const { messages, jobs } = rows[0]!;
  if (messages !== 2) stage.fail(`${chatId}: ${messages} messages instead of a question and its answer`);
  if (jobs !== 0) stage.fail(`${jobs} doorbells ring for runs that do not exist`);
}
