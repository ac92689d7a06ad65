/** Traces of the model to be replayed against the real statements: some for every kind of move that it can make. */
import type { RunCommand } from '#domain/run-status';
import { exploreRunModel } from './explore-run-model.ts';
import { eventsOf, happen, type ModelEvent } from './run-model-events.ts';
import { emptyModel, type ModelWrite, realRules } from './run-model.ts';
import type { ModelMove } from './run-model-violations.ts';
import { createRandom, type Random } from './seeded-random.ts';

export type SampleOptions = {
  faults: number;
  seed: number;
  /** traces for each kind of move */
  perKind: number;
  /** how far a trace strolls on at random after the move that it is for */
  stroll: number;
};

/** Explore the model; for each kind of move, the shortest ways to a few moves of that kind. */
export function sampleRunTraces({ faults, seed, perKind, stroll }: SampleOptions): ModelEvent[][] {
  const random = createRandom(seed);
  const kept = new Map<string, { seen: number; traces: ModelEvent[][] }>();
  const onMove = (move: ModelMove, wayThere: () => ModelEvent[]) => {
    const kind = kindOf(move);
    const entry = kept.get(kind) ?? { seen: 0, traces: [] };
    kept.set(kind, entry);
    // Each move of a kind has the same chance of being kept, however many there will be.
    const place = random(0, entry.seen++);
    if (place < perKind) entry.traces[Math.min(place, entry.traces.length)] = [...wayThere(), move.event];
  };
  exploreRunModel({ faults, onMove });
  const ways = [...kept.values()].flatMap(({ traces }) => traces);
  return ways.map((way) => strollOn(way, { faults, stroll, random }));
}

type Stroll = { faults: number; stroll: number; random: Random };

function strollOn(way: ModelEvent[], { faults, stroll, random }: Stroll): ModelEvent[] {
  const trace = [...way];
  let state = emptyModel(faults);
  for (const event of way) state = happen(state, event, realRules).state;
  for (let i = 0; i < stroll; i++) {
    const events = eventsOf(state, realRules);
    const event = events[random(0, events.length - 1)]!;
    trace.push(event);
    state = happen(state, event, realRules).state;
  }
  return trace;
}

/** What is asked, of a run in which state, with which answer. */
function kindOf({ before, event, answer }: ModelMove): string {
  const place = subjectOf({ before, event });
  const run = place === null ? null : before.runs[place];
  const traits = run && [run.status, run.lease !== 'none' && run.lease, run.stopRequested && 'stop'].filter(Boolean).join(' ');
  return `${nameOf(event, before)} of ${traits ?? 'the chat'}: ${answer ?? 'no answer'}`;
}

function nameOf(event: ModelEvent, before: ModelMove['before']): string {
  switch (event.kind) {
    case 'claim':
      return `claim, ${event.fate}`;
    case 'write':
      return `${nameOfWrite(event.write)}, ${event.fate}`;
    case 'lateArrives':
      return `${nameOfWrite(before.late!)}, arriving late`;
    case 'sweep':
      return `sweep, ${before.finding!.act}`;
    default:
      return event.kind;
  }
}

function nameOfWrite(write: ModelWrite): string {
  if (write.kind === 'append') return `append ${write.cargo}`;
  return write.kind === 'settle' ? `settle ${write.outcome}` : write.kind;
}

function subjectOf({ before, event }: Pick<ModelMove, 'before' | 'event'>): number | null {
  if (event.kind === 'write') return event.write.run;
  if (event.kind === 'lateArrives') return before.late!.run;
  if (event.kind === 'sweep') return before.finding!.run;
  if (event.kind === 'crash') return before.workers[event.worker]!.run;
  return event.kind === 'start' ? null : event.run;
}

function commandOf({ before, event }: Pick<ModelMove, 'before' | 'event'>): RunCommand | null {
  if (event.kind === 'claim' || event.kind === 'requestStop') return event.kind;
  const statement = event.kind === 'write' && event.fate !== 'late' ? event.write : event.kind === 'lateArrives' ? before.late : null;
  if (event.kind === 'sweep') {
    const finding = before.finding!;
    return finding.act === 'expire' ? 'expire' : settleCommand(finding.outcome);
  }
  if (!statement || statement.kind === 'beginStep') return null;
  return statement.kind === 'settle' ? settleCommand(statement.outcome) : statement.kind;
}

const settleCommand = (outcome: 'succeeded' | 'failed' | 'aborted'): RunCommand =>
  outcome === 'succeeded' ? 'settleSucceeded' : outcome === 'failed' ? 'settleFailed' : 'settleAborted';

/** The field of the table of transitions that a move is about, as text; null for a move that is not in the table. */
export function pairOf(move: Pick<ModelMove, 'before' | 'event'>): string | null {
  const command = commandOf(move);
  const place = subjectOf(move);
  return command && place !== null ? `${command} of ${move.before.runs[place]!.status}` : null;
}
