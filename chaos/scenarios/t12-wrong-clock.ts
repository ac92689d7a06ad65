import { expectSingleAttempts, expectSuccess } from '../attempts.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

const anHourMs = 3_600_000;
const directives = 'steps=3 words=60 delay=5 tool=record input={"takeMs":20}';

/** Two workers whose clocks are an hour fast and an hour slow: only the database's clock counts. */
export const t12: Scenario = {
  id: 'T12',
  title: "workers' clocks are an hour fast and an hour slow",
  async run(stage) {
    await stage.setUp({ workers: 0 });
    await stage.startWorker({ clockShiftMs: anHourMs });
    await stage.startWorker({ clockShiftMs: -anHourMs });
    await stage.database.untilSweepsAct();
    const guest = await stage.signIn();
    const rounds = stage.pick(1, 10);
    for (let round = 0; round < rounds; round++) {
      const turns = await stage.askMany(guest, 12, directives);
      await expectSuccess(stage, turns);
      await expectSingleAttempts(stage, turns);
      await expectRightInstants(stage, turns);
      await expectBothOwned(stage, turns);
    }
    return { iterations: rounds, struck: { 'clock ± 1 h': 2 } };
  },
};

/** What a run went through, in the order in which it must have happened. */
const storyQuery = `
  SELECT run.id, run.created_at, run.started_at, run.finished_at,
         ARRAY(SELECT created_at FROM run_model_call WHERE run_id = run.id ORDER BY step_number) AS called,
         ARRAY(SELECT started_at FROM run_tool_call WHERE run_id = run.id ORDER BY step_number) AS tools_began,
         ARRAY(SELECT finished_at FROM run_tool_call WHERE run_id = run.id ORDER BY step_number) AS tools_ended,
         ARRAY(SELECT created_at FROM run_step WHERE run_id = run.id ORDER BY step_number) AS steps,
         now() AS now
    FROM run WHERE run.id = ANY ($1::uuid[])`;

type Story = Record<'created_at' | 'started_at' | 'finished_at' | 'now', Date> &
  Record<'called' | 'tools_began' | 'tools_ended' | 'steps', Date[]> & { id: string };

/** Accepted, claimed; two steps with call, tool's start and answer; a last step; settled; read. */
const instantsOfARun = 2 + 2 * 4 + 1 + 1 + 1;

async function expectRightInstants(stage: Stage, turns: readonly Turn[]): Promise<void> {
  const { rows } = await stage.database.pool.query<Story>(storyQuery, [turns.map(({ runId }) => runId)]);
  for (const story of rows) {
    const { called, tools_began, tools_ended, steps } = story;
    const inSteps = steps.flatMap((step, i) => [called[i], tools_began[i], tools_ended[i], step]);
    const instants = [story.created_at, story.started_at, ...inSteps, story.finished_at, story.now];
    const known = instants.filter((each) => each !== undefined).map(Number);
    if (known.length !== instantsOfARun) stage.fail(`${story.id}: ${known.length} instants are recorded`);
    if (known.some((each, i) => each < known[i - 1]!)) stage.fail(`${story.id}: its instants are out of order`);
  }
}

/** Otherwise only one of the clocks was tried. */
async function expectBothOwned(stage: Stage, turns: readonly Turn[]): Promise<void> {
  const owners = await stage.database.pool.query<{ owners: number }>(
    'SELECT count(DISTINCT worker_id)::int AS owners FROM run_attempt WHERE run_id = ANY ($1::uuid[])',
    [turns.map(({ runId }) => runId)],
  );
  if (owners.rows[0]!.owners !== 2) stage.fail('only one of the two workers took runs');
}
