import { instant } from '#server/testing/model-answer';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { stampsHeard } from '../stamps.ts';

/** What a follower waits at most for its next look at the journal (hub.ts). */
const pollMs = 1_000;
/** From the model to the journal, and from there to the page. */
const flushMs = 100;

/** The database swallows every NOTIFY: hints, doorbells and wishes to stop. Polls and appends must find everything. */
export const t20: Scenario = {
  id: 'T20',
  title: 'every NOTIFY is dropped',
  async run(stage) {
    await swallowNotifications(stage, true);
    try {
      // New sessions alone do not hear: so the processes are new, too.
      await stage.setUp({ webs: 1, workers: 2, web: { env: { CHAOS_NOTIFY: 'dropped' } } });
      return await play(stage);
    } finally {
      await swallowNotifications(stage, false);
    }
  },
};

async function play(stage: Stage) {
  const guest = await stage.signIn();
  const turns = await stage.askMany(guest, stage.pick(6, 40), 'words=120 delay=25 stamp');
  const stopped = await stage.ask(guest, 'words=10000 delay=10');
  await stopped.wordsOf(1);
  const pressedAt = instant();
  await guest.stop(stopped.runId);
  const { abortedAt } = await stage.model.until(stopped.question, (seen) => seen.abortedAt !== null);
  for (const turn of turns) {
    const run = await turn.ended();
    if (run.status !== 'succeeded') stage.fail(`${run.id} ended as ${run.status}`);
  }
  const latenciesMs = turns.flatMap((turn) => stampsHeard(turn.follower, turn.runId).map(({ ms }) => ms));
  stage.expectP95('words at a follower', latenciesMs, pollMs + flushMs);
  stage.expectAtMost('Stop, told by the next append', abortedAt! - pressedAt, 200);
  return {
    iterations: turns.length,
    struck: { 'dropped NOTIFY': turns.length },
    measured: { 'word to follower': latenciesMs, 'stop to provider': [abortedAt! - pressedAt] },
  };
}

/** A function of the same name stands before PostgreSQL's own in the search path of every new session. */
async function swallowNotifications({ database }: Stage, swallows: boolean): Promise<void> {
  await database.pool.query(
    swallows
      ? `CREATE SCHEMA IF NOT EXISTS chaos;
         CREATE OR REPLACE FUNCTION chaos.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT';
         ALTER DATABASE holdfast SET search_path = chaos, public, pg_catalog`
      : `ALTER DATABASE holdfast RESET search_path; DROP SCHEMA IF EXISTS chaos CASCADE`,
  );
}
