import { eventually } from '#server/testing/eventually';
import { instant } from '#server/testing/model-answer';
import { expectSuccess } from '../attempts.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

/** Sessions that are there to listen: the web process's, and the worker's that also holds its lock. */
const listening = ['holdfast listener', 'holdfast worker'] as const;
const detectedWithinMs = 15_000;
/** An idle connection is dropped after ten seconds; what was asked over it just before is given up ten seconds later. */
const answersWithinMs = 21_000;
const patienceMs = 60_000;

/** Connections swallow what is sent over them, and neither end is told. New ones work. */
export const t7: Scenario = {
  id: 'T7',
  title: 'connections go half open: LISTEN, and all that a process has',
  async run(stage) {
    // Whoever takes over has a good connection.
    await stage.setUp({ workers: 1, web: { throughProxy: true } });
    await stage.startWorker({ throughProxy: true });
    const silences: Silence[] = stage.pick(['listeners'], Array.from({ length: 10 }, () => ['listeners', 'everything'] as const).flat());
    const listensMs: number[] = [];
    const endsMs: number[] = [];
    for (const silence of silences) {
      const { listens, ends } = await strike(stage, silence);
      listensMs.push(...listens);
      endsMs.push(...ends);
    }
    stage.expectP95('somebody listens again', listensMs, detectedWithinMs);
    if (endsMs.length > 0) stage.expectP95('everybody has heard the end', endsMs, answersWithinMs);
    return {
      iterations: silences.length,
      struck: { 'silenced LISTEN': silences.length * listening.length, 'silenced process': endsMs.length * 2 },
      measured: { 'listens again': listensMs, 'end heard': endsMs },
    };
  },
};

/** Everything: the web process, and the worker whose way is the same, have no connection left that works. */
type Silence = 'listeners' | 'everything';

async function strike(stage: Stage, silence: Silence): Promise<{ listens: number[]; ends: number[] }> {
  const guest = await stage.signIn();
  const turns = await stage.askMany(guest, 8, 'words=100 delay=20');
  await Promise.all(turns.map((turn) => turn.wordsOf(1)));
  const silencedAt = instant();
  const names = silence === 'everything' ? [undefined] : listening;
  for (const name of names) for (const connection of stage.proxy.connections(name)) connection.silence();
  const [listenAt, endAt] = await Promise.all([
    Promise.all(listening.map((name) => anotherOf(stage, name))),
    Promise.all(turns.map(endOf)),
  ]);
  await expectSuccess(stage, [...turns, await stage.ask(guest, 'words=20')]);
  // As the server's system does after hours: until then its ends of them count against max_connections.
  stage.proxy.heal();
  return {
    listens: listenAt.map((at) => at - silencedAt),
    ends: silence === 'everything' ? [Math.max(...endAt) - silencedAt] : [],
  };
}

/** When a new session stands in the place of the silent one. */
async function anotherOf({ proxy }: Stage, name: string): Promise<number> {
  const isThere = async () => proxy.connections(name).some(({ isSilent }) => !isSilent);
  await eventually(`another "${name}"`, isThere, patienceMs);
  return instant();
}

async function endOf({ follower, ended, runId }: Turn): Promise<number> {
  await ended(patienceMs);
  return follower.events.find(({ event }) => event.type === 'run' && event.run?.id === runId && event.run.finishedAt)!.at;
}
