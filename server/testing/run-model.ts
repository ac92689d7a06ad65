/**
 * A small model of one chat and what happens to its runs: two runs, two workers, a sweeper, and a world that crashes,
 * freezes and loses answers. Small enough to look at every state of it (explore-run-model.ts); its database side is
 * run-model-store.ts, its events are run-model-events.ts. Plain data, never changed in place.
 *
 * A frozen worker needs no event of its own: it is one that does nothing while others act, and goes on later.
 */
import { isTerminal, type RunStatus, runTransitions } from '#domain/run-status';

/** A row of `run`, with its journal. */
export type ModelRun = {
  status: RunStatus;
  epoch: number;
  attempt: number;
  lastSeq: number;
  stepCount: number;
  stopRequested: boolean;
  lease: 'none' | 'live' | 'expired';
  /** interrupted, and not taken up again */
  interrupted: boolean;
  /** the owner of this epoch has given it back */
  released: boolean;
  /** the journal holds the end of the answer */
  ended: boolean;
  journal: readonly ModelRange[];
};
export type ModelRange = { fromSeq: number; toSeq: number; epoch: number };

export type ModelOutcome = 'succeeded' | 'failed' | 'aborted';
/** What an append carries. renewal: nothing. text: the beginning of a step. step: its end. end: the end of the answer. */
export type ModelCargo = 'renewal' | 'text' | 'step' | 'end';

/** A statement of an owner, with the lease it was made under. */
export type ModelWrite = { run: number; epoch: number } & (
  | { kind: 'beginStep' }
  | { kind: 'append'; cargo: ModelCargo; fromSeq: number }
  | { kind: 'settle'; outcome: ModelOutcome; lastSeq: number }
  | { kind: 'release' }
);

/** What a worker knows of the run it holds. */
export type ModelHold = {
  run: number;
  epoch: number;
  lastSeq: number;
  stepCount: number;
  /** idle: between steps. step: one was begun. said: half of it is written. ended, stopping: nothing left but to settle */
  phase: 'idle' | 'step' | 'said' | 'ended' | 'stopping';
  /** sent, and no answer came: it is sent again before anything else */
  doubt: ModelWrite | null;
};

/** What a sweeper saw and is about to act on. */
export type ModelFinding = { run: number; epoch: number } & (
  | { act: 'expire'; reason: 'worker_died' | 'lease_expired' }
  | { act: 'settle'; outcome: 'failed' | 'aborted' }
);

export type ModelState = {
  runs: readonly ModelRun[];
  workers: readonly (ModelHold | null)[];
  finding: ModelFinding | null;
  /** a statement that is still on its way while its worker has sent it anew, or has died */
  late: ModelWrite | null;
  /** crashes, freezes, releases, lost and late answers that may still happen */
  faultsLeft: number;
};

/** The guards, to be taken out one by one: a model without one of them must be found out. */
export type ModelRules = {
  transitions: typeof runTransitions;
  slotGate: boolean;
  leaseGuard: boolean;
  claimStopGuard: boolean;
  stepStopGuard: boolean;
  fence: boolean;
  sequenceGuard: boolean;
  sweepGuard: boolean;
  idempotentRelease: boolean;
  sweeps: boolean;
};

/** The rules of the real statements. */
export const realRules: ModelRules = {
  transitions: runTransitions,
  slotGate: true,
  leaseGuard: true,
  claimStopGuard: true,
  stepStopGuard: true,
  fence: true,
  sequenceGuard: true,
  sweepGuard: true,
  idempotentRelease: true,
  sweeps: true,
};

/** How large the small world is. */
export const modelSize = { runs: 2, workers: 2, steps: 2, maxAttempts: 2 };

/** How many chunks an append of each cargo carries. */
export const cargoLength: Record<ModelCargo, number> = { renewal: 0, text: 2, step: 1, end: 1 };

/** @param faults how many things may go wrong from here on */
export function emptyModel(faults: number): ModelState {
  return {
    runs: [],
    workers: Array.from({ length: modelSize.workers }, () => null),
    finding: null,
    late: null,
    faultsLeft: faults,
  };
}

/**
 * A short text, equal for states whose futures are equal. Left out is what no statement looks at: what a journal holds
 * beside its length, everything about a run that is over, what an owner knows that has been replaced, and which of the
 * workers is which.
 */
export function keyOf({ runs, workers, finding, late, faultsLeft }: ModelState): string {
  const isStale = ({ run, epoch }: { run: number; epoch: number }) =>
    runs[run]!.epoch !== epoch || isTerminal(runs[run]!.status);
  const rows = runs.map((run) => (isTerminal(run.status) ? 'over' : Object.values({ ...run, journal: '' }).join()));
  const holds = workers.map((hold) => {
    if (!hold) return 'free';
    return isStale(hold) ? 'stale' : [...Object.values({ ...hold, doubt: '' }), textOf(hold.doubt)].join();
  });
  const onTheirWay = [finding, late].map((statement) => (statement && isStale(statement) ? 'stale' : textOf(statement)));
  return [rows.join('+'), holds.toSorted().join('+'), ...onTheirWay, faultsLeft].join('|');
}

const textOf = (statement: object | null) => (statement ? Object.values(statement).join() : '');
