/** Every state of the model, breadth first, with the shortest way to each. */
import { isTerminal } from '#domain/run-status';
import { eventsOf, happen, type ModelEvent } from './run-model-events.ts';
import { emptyModel, keyOf, type ModelRules, type ModelState, realRules } from './run-model.ts';
import { type ModelMove, violationsOf } from './run-model-violations.ts';

export type Exploration = {
  /** distinct states */
  states: number;
  /** ways from one state to the next, those included that change nothing */
  moves: number;
  /** invariant → the shortest way to break it */
  violations: Map<string, ModelEvent[]>;
  /** the shortest ways to states from which no run ends although nothing goes wrong any more; at most a few */
  deadEnds: ModelEvent[][];
};

export type ExploreOptions = {
  rules?: ModelRules;
  /** how many things may go wrong on the way; the number of states grows about fivefold with each */
  faults: number;
  /** look no further once this invariant is broken: without its guards the world may have no end */
  untilViolation?: string;
  /** sees each move, and can ask for the shortest way to where it begins */
  onMove?: (move: ModelMove, wayThere: () => ModelEvent[]) => void;
};

/** The model at its usual size has a few hundred thousand states; more of them means that something grows for ever. */
const maxStates = 1_000_000;

type Place = { state: ModelState; cameFrom: number; by: ModelEvent | null };

/**
 * Look at everything that can happen.
 *
 * @throws when there is no end to it
 */
export function exploreRunModel({ rules = realRules, faults, untilViolation, onMove }: ExploreOptions): Exploration {
  const places: Place[] = [{ state: emptyModel(faults), cameFrom: -1, by: null }];
  const indexes = new Map([[keyOf(places[0]!.state), 0]]);
  const violations: Exploration['violations'] = new Map();
  const calmWays: Array<[from: number, to: number]> = [];
  let moves = 0;

  const visit = (state: ModelState, cameFrom: number, by: ModelEvent): number => {
    const key = keyOf(state);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    if (places.length === maxStates) throw new Error('the model has no end');
    indexes.set(key, places.length);
    return places.push({ state, cameFrom, by }) - 1;
  };

  for (let at = 0; at < places.length && !violations.has(untilViolation ?? ''); at++) {
    const before = places[at]!.state;
    for (const event of eventsOf(before, rules)) {
      const { state: after, answer } = happen(before, event, rules);
      const move = { before, event, answer, after };
      moves += 1;
      for (const violation of violationsOf(move)) {
        if (!violations.has(violation)) violations.set(violation, [...wayTo(places, at), event]);
      }
      onMove?.(move, () => wayTo(places, at));
      const next = visit(after, at, event);
      if (next !== at && isCalm(before, event)) calmWays.push([at, next]);
    }
  }
  const deadEnds = findDeadEnds(places, calmWays).map((at) => wayTo(places, at));
  return { states: places.length, moves, violations, deadEnds };
}

function wayTo(places: readonly Place[], at: number): ModelEvent[] {
  const events: ModelEvent[] = [];
  for (let place = places[at]!; place.by; place = places[place.cameFrom]!) events.unshift(place.by);
  return events;
}

/** Whether it happens by itself as long as nothing goes wrong, nobody stops a run and the model gives no error. */
function isCalm(before: ModelState, event: ModelEvent): boolean {
  switch (event.kind) {
    case 'start':
    case 'requestStop':
    case 'crash':
      return false;
    case 'leaseEnds':
      return before.workers.every((hold) => hold?.run !== event.run);
    case 'claim':
      return event.fate === 'answered';
    case 'write':
      return event.fate === 'answered' && !isGivingUp(before, event);
    case 'look':
    case 'sweep':
    case 'lateArrives':
      return true;
  }
}

/** To settle as failed, other than once more. */
function isGivingUp({ workers }: ModelState, { worker, write }: Extract<ModelEvent, { kind: 'write' }>): boolean {
  return write.kind === 'settle' && write.outcome === 'failed' && workers[worker]?.doubt?.kind !== 'settle';
}

/** Places from which calm ways never lead to where every run has ended. */
function findDeadEnds(places: readonly Place[], calmWays: ReadonlyArray<[number, number]>): number[] {
  const waysInto = Array.from(places, (): number[] => []);
  for (const [from, to] of calmWays) waysInto[to]!.push(from);
  const reaches = places.map(({ state }) => state.runs.every(({ status }) => isTerminal(status)));
  const queue = [...reaches.keys()].filter((at) => reaches[at]);
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const from of waysInto[at]!) {
      if (reaches[from]) continue;
      reaches[from] = true;
      queue.push(from);
    }
  }
  return [...reaches.keys()].filter((at) => !reaches[at]).slice(0, 5);
}
