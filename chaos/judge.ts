/** What every scenario owes, whatever it breaks. */
import type { RunEvent } from '#domain/run-event';
import { checkInvariants } from '#server/testing/invariants';
import type { Cast } from './cast.ts';
import type { ChaosFollower } from './chaos-follower.ts';
import type { Guest } from './guest.ts';
import { findMisquotes, findRepeatedCalls } from './model-evidence.ts';
import type { Report } from './scenario.ts';
import type { Stage } from './stage.ts';
import { within } from './within.ts';

/** No worker of the kit has a longer one. */
const longestLeaseSeconds = 15;
const endPatienceMs = 20_000;

export type Verdict = Pick<Report, 'violations' | 'zombieWrites' | 'failures'>;

/** Wait for the end of every run, then look at everything: the database, what people heard, what processes said. */
export async function judge(stage: Stage, cast: Cast): Promise<Verdict> {
  const failures = [...stage.failures, ...(await untilHeardOut(stage))];
  const chatIds = stage.guests.flatMap((guest) => guest.chatIds);
  const violations = await checkInvariants(stage.database.pool, {
    chatIds,
    streams: stage.guests.flatMap(streamsOf),
    toolStarts: stage.tools.starts
      .filter(({ runId }) => stage.turns.some((turn) => turn.runId === runId))
      .map(({ idempotencyKey, toolName }) => ({ idempotencyKey, toolName, idempotent: toolName !== 'record' })),
    modelCalls: await callsOf(stage),
    settled: true,
    leaseSeconds: longestLeaseSeconds,
  });
  for (const turn of stage.turns) {
    const requests = await stage.model.requests(turn.question);
    failures.push(...(await findRepeatedCalls(stage.database.pool, turn, requests)));
    failures.push(...(await findMisquotes(stage.database.pool, turn, requests)));
  }
  for (const { followers } of stage.guests) failures.push(...followers.flatMap(({ errors }) => errors));
  failures.push(...findTrouble(stage, cast));
  return {
    violations: violations.map(({ invariant, runId, what }) => `${invariant} ${runId ?? ''}: ${what}`),
    zombieWrites: violations.filter(({ invariant }) => invariant === 'I4').length,
    failures,
  };
}

/** Every chat's last run is over, and every follower that is still there has heard so. Returns what did not come. */
async function untilHeardOut({ guests, database }: Stage): Promise<string[]> {
  const followers = guests.flatMap((guest) => guest.followers).filter(({ closed }) => !closed);
  const { rows } = await database.pool.query<{ chat_id: string; id: string; message_id: string }>(
    `SELECT DISTINCT ON (chat_id) chat_id, id, assistant_message_id AS message_id
       FROM run WHERE chat_id = ANY ($1::uuid[]) ORDER BY chat_id, created_at DESC, id DESC`,
    [guests.flatMap(({ chatIds }) => chatIds)],
  );
  const waits = followers.map(async (follower) => {
    const run = rows.find(({ chat_id }) => chat_id === follower.chatId);
    if (run) await hearOut(follower, { runId: run.id, messageId: run.message_id });
  });
  const results = await Promise.allSettled(waits);
  return results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
}

async function hearOut(follower: ChaosFollower, { runId, messageId }: { runId: string; messageId: string }): Promise<void> {
  const isEnd = (event: RunEvent) => event.type === 'run' && event.run?.id === runId && event.run.finishedAt !== null;
  const isSettled = ({ message }: Extract<RunEvent, { type: 'message' }>) =>
    message.id === messageId && message.metadata?.status !== 'streaming';
  await within(endPatienceMs, `a follower to hear the end of ${runId}`, Promise.all([
    follower.until(isEnd, `the end of ${runId}`, endPatienceMs),
    follower.until((event) => event.type === 'message' && isSettled(event), `the answer of ${runId}`, endPatienceMs),
  ]));
}

function streamsOf({ userId, followers }: Guest) {
  return followers.map(({ chatId, events, firstCursor, closed }) => ({
    chatId,
    userId,
    resumed: firstCursor !== undefined,
    toTheEnd: !closed,
    events: events.map(({ event }) => event),
  }));
}

/** Of questions that were asked once; whose run a request was for cannot be known of the others. */
async function callsOf(stage: Stage): Promise<{ runId: string; beganAtMs: number }[]> {
  const { rows } = await stage.database.pool.query<{ id: string }>(
    `SELECT min(id::text) AS id FROM run WHERE chat_id = ANY ($1::uuid[]) GROUP BY user_message_id HAVING count(*) = 1`,
    [stage.guests.flatMap(({ chatIds }) => chatIds)],
  );
  const known = new Set(rows.map(({ id }) => id));
  const asked = stage.turns.filter(({ runId }) => known.has(runId));
  const calls = asked.map(async ({ runId, question }) => {
    const requests = await stage.model.requests(question);
    return requests.map(({ beganAt }) => ({ runId, beganAtMs: beganAt }));
  });
  return (await Promise.all(calls)).flat();
}

/** Processes that ended by themselves, and errors in their logs. */
function findTrouble({ expectedErrors }: Stage, { all }: Cast): string[] {
  return all.flatMap((process) => {
    const errors = process.log.takeErrors().filter((line) => !expectedErrors.some((pattern) => pattern.test(line)));
    const logged = errors.map((line) => `${process.name} logged: ${line.slice(0, 600)}`);
    return process.hasFallen ? [`${process.name} ended by itself`, ...logged] : logged;
  });
}
