import { setTimeout as pause } from 'node:timers/promises';
import type { RunView } from '#domain/run-view';
import { instant } from '#server/testing/model-answer';
import type { Guest } from '../guest.ts';
import { heardText } from '../heard-text.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

const moments = ['at once', 'before the first token', 'in the middle', 'in a tool', 'with the finish', 'twice'] as const;
type Moment = (typeof moments)[number];

/** Stop at random moments, pressed at another web process than the one that has taken the question. */
export const t15: Scenario = {
  id: 'T15',
  title: 'Stop from another process at random moments',
  async run(stage) {
    await stage.setUp({ webs: 2, workers: 2 });
    const guest = await stage.signIn();
    const stops = stage.pick(30, 204);
    const providerMs: number[] = [];
    await stopWhilePending(stage, guest, stage.pick(2, 10));
    // One after the other: they would measure each other.
    for (let count = 0; count < stops; count++) {
      providerMs.push(...(await stopAt(stage, guest, moments[count % moments.length]!)));
    }
    stage.expectP95('the provider sees the abort', providerMs, 100);
    return {
      iterations: stops,
      struck: { stop: stops + stops / moments.length },
      measured: { 'provider sees it': providerMs },
    };
  },
};

/** Nobody can take a question while all workers stand still: its stop alone ends it. */
async function stopWhilePending(stage: Stage, guest: Guest, count: number): Promise<void> {
  for (const worker of stage.workers) worker.signal('SIGSTOP');
  try {
    const turns = await stage.askMany(guest, count, 'words=5');
    for (const turn of turns) {
      const stopped = await press(stage, turn);
      if (stopped.status !== 'aborted') stage.fail(`${turn.runId} was pending, and is ${stopped.status} after its stop`);
    }
  } finally {
    for (const worker of stage.workers) worker.signal('SIGCONT');
  }
}

/** @returns milliseconds from the press to the end of the provider's request, where there was one */
async function stopAt(stage: Stage, guest: Guest, moment: Moment): Promise<number[]> {
  const gate = `t15-${stage.turns.length}-${moment.replaceAll(' ', '-')}`;
  const turn = await stage.ask(guest, directivesFor(moment, gate), { by: stage.random(0, 1) ? 'socket' : 'events' });
  await until(stage, turn, { moment, gate });
  const heardBefore = heardText(turn);
  const pressedAt = instant();
  await Promise.all(Array.from({ length: moment === 'twice' ? 2 : 1 }, () => press(stage, turn)));
  const run = await turn.ended();
  if (run.status !== 'aborted' && !(moment === 'with the finish' && run.status === 'succeeded')) {
    stage.fail(`${run.id}, stopped ${moment}, ended as ${run.status}`);
  }
  if (!heardText(turn).startsWith(heardBefore)) stage.fail(`${run.id} has lost text that was shown before the stop`);
  const again = await press(stage, turn);
  if (again.status !== run.status || again.finishedAt !== run.finishedAt) stage.fail(`${run.id} has ended twice`);
  return moment === 'in a tool' ? abortOfTool(stage, turn, pressedAt) : abortsOf(stage, turn, pressedAt);
}

function directivesFor(moment: Moment, gate: string): string {
  switch (moment) {
    case 'before the first token':
      return `words=5 gate=${gate}`;
    case 'in a tool':
      return `steps=2 words=5 tool=record input={"gate":"${gate}"}`;
    case 'with the finish':
      return `words=20 gate=${gate}`;
    default:
      return 'words=400 delay=10';
  }
}

type Place = { moment: Moment; gate: string };

async function until(stage: Stage, turn: Turn, { moment, gate }: Place): Promise<void> {
  switch (moment) {
    case 'at once':
      return pause(stage.random(0, 15));
    case 'before the first token':
      await stage.model.until(turn.question, () => true);
      return pause(stage.random(0, 100));
    case 'in a tool':
      await stage.tools.until(({ runId }) => runId === turn.runId, `the tool of ${turn.runId}`);
      return;
    case 'with the finish':
      await stage.model.release(gate, 19);
      await turn.wordsOf(1);
      void stage.model.release(gate, 1);
      return pause(stage.random(0, 20));
    default:
      await turn.wordsOf(1);
      return pause(stage.random(0, 300));
  }
}

/** Stop, at a web process that has not taken the question. */
async function press(stage: Stage, { guest, runId }: Turn): Promise<RunView> {
  const other = stage.webs.find(({ origin }) => origin !== guest.api.origin)!;
  const { run } = await guest.at(other).call.run.stop.mutate({ runId });
  return run as RunView;
}

/** Of requests that were still under way when Stop was pressed. */
async function abortsOf({ model }: Stage, { question }: Turn, pressedAt: number): Promise<number[]> {
  const requests = await model.requests(question);
  return requests.flatMap(({ abortedAt }) => (abortedAt === null ? [] : [abortedAt - pressedAt]));
}

async function abortOfTool({ tools }: Stage, { runId }: Turn, pressedAt: number): Promise<number[]> {
  const { abortedAt } = await tools.until((start) => start.runId === runId && start.abortedAt !== null, `the abort of ${runId}`);
  return [abortedAt! - pressedAt];
}
