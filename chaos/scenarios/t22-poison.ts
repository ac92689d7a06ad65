import type { ChaosProcess } from '../chaos-process.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** Its tool ends the process in which it runs, and so does each attempt to take it up again. */
const poison = 'steps=2 words=5 tool=recordIdempotent input={"takeMs":100,"dies":true}';
const maxAttempts = 3;

/** A run that crashes its process every time, in the company of others that are in the middle of one long step. */
export const t22: Scenario = {
  id: 'T22',
  title: 'a poison run that crashes its process every time',
  async run(stage) {
    await stage.setUp({ webs: 1, workers: 2, worker: { env: { RUN_MAX_ATTEMPTS: String(maxAttempts) } } });
    await stage.database.untilSweepsAct();
    const rounds = stage.pick(1, 5);
    let crashes = 0;
    for (let round = 0; round < rounds; round++) crashes += await playRound(stage);
    return { iterations: rounds, struck: { 'crash of a worker': crashes } };
  },
};

async function playRound(stage: Stage): Promise<number> {
  const supervisor = superviseWorkers(stage);
  const guest = await stage.signIn();
  const innocents = await stage.askMany(guest, stage.pick(6, 20), 'words=100 delay=10');
  await Promise.all(innocents.map((turn) => turn.wordsOf(1)));
  const poisoned = await stage.ask(guest, poison);
  const run = await poisoned.ended(60_000);
  if (run.status !== 'failed' || run.error.code !== 'WORKER_LOST') stage.fail(`the poison ended as ${run.status}`);
  for (const turn of innocents) {
    const { status, error, id } = await turn.ended(60_000);
    if (status !== 'succeeded') stage.fail(`${id} was only in its company, and ${status} (${error?.code})`);
  }
  const crashes = await supervisor.close();
  if (crashes !== maxAttempts) stage.fail(`the poison has crashed ${crashes} workers`);
  return crashes;
}

/** A worker that dies is started again, as a supervisor does it. */
function superviseWorkers(stage: Stage): { close(): Promise<number> } {
  const starting: Promise<void>[] = [];
  let crashes = 0;
  let closed = false;
  const watch = (worker: ChaosProcess) => {
    worker.expectEnd();
    void worker.ended.then(() => {
      if (closed) return;
      crashes += 1;
      starting.push(stage.revive(worker).then(watch));
    });
  };
  stage.workers.forEach(watch);
  return {
    async close() {
      closed = true;
      await Promise.all(starting);
      return crashes;
    },
  };
}
