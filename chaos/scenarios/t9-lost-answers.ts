import { expectSingleAttempts, expectSuccess } from '../attempts.ts';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';
import { within } from '../within.ts';

/** A message of its own: our transactions end so, pg-boss's do not. */
const commit = /^Q[^]{4}COMMIT\0/;

/** What the database has done when the connection is reset, and nobody is told. */
const statements = {
  'run.start': commit,
  claim: /claim-run/,
  'begin-step': /begin-step/,
  // Not the renewal of a lease: that may be done twice.
  append: /append-chunks[^]*text-delta/,
  'begin-tool': /begin-tool/,
  'tool outcome': /record-tool-outcome/,
} satisfies Record<string, RegExp>;

/** The connection is reset after the database has committed and before it could say so. */
export const t9: Scenario = {
  id: 'T9',
  title: 'connection reset in mid-commit, outcome unknown',
  async run(stage) {
    await stage.setUp({
      workers: 2,
      web: { throughProxy: true },
      worker: { throughProxy: true, env: { RUN_LEASE_SECONDS: '2' } },
    });
    await stage.database.untilSweepsAct();
    const guest = await stage.signIn();
    const rounds = stage.pick(1, 20);
    const turns: Turn[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [name, statement] of Object.entries(statements)) {
        turns.push(await strike(stage, guest, { name, statement }));
      }
      turns.push(await strikeSettle(stage, guest));
    }
    await expectOneRunEach(stage, turns);
    return { iterations: rounds, struck: { 'reset after the commit': turns.length } };
  },
};

async function strike(stage: Stage, guest: Guest, { name, statement }: { name: string; statement: RegExp }): Promise<Turn> {
  const chat = await stage.open(guest);
  const struck = stage.proxy.resetAfter(statement);
  const turn = await stage.send(chat, 'steps=2 words=20 tool=record');
  await within(10_000, `the reset at ${name}`, struck);
  await expectSuccess(stage, [turn]);
  // Who has claimed a run without hearing of it does not renew its lease: another one takes it.
  if (name !== 'claim') await expectSingleAttempts(stage, [turn]);
  const { length: starts } = stage.tools.startsOf(turn.runId);
  if (starts !== 1) stage.fail(`reset at ${name}: the tool was started ${starts} times`);
  return turn;
}

/** Nothing else is going to be committed when the last word comes. */
async function strikeSettle(stage: Stage, guest: Guest): Promise<Turn> {
  const gate = `t9-${stage.turns.length}`;
  const turn = await stage.ask(guest, `words=10 gate=${gate}`);
  await stage.model.release(gate, 9);
  await turn.wordsOf(1);
  const struck = stage.proxy.resetAfter(commit);
  await stage.model.release(gate, 1);
  await within(10_000, 'the reset at settle', struck);
  await expectSuccess(stage, [turn]);
  await expectSingleAttempts(stage, [turn]);
  return turn;
}

async function expectOneRunEach(stage: Stage, turns: readonly Turn[]): Promise<void> {
  const { rows } = await stage.database.pool.query<{ chat_id: string; runs: number }>(
    'SELECT chat_id, count(*)::int AS runs FROM run WHERE chat_id = ANY ($1::uuid[]) GROUP BY chat_id HAVING count(*) <> 1',
    [turns.map(({ chatId }) => chatId)],
  );
  for (const { chat_id, runs } of rows) stage.fail(`one question in ${chat_id} became ${runs} runs`);
}
