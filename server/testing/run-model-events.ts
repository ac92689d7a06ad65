/** What can happen next in the model, and what comes of it. */
import { isActive } from '#domain/run-status';
import { decideRescue } from '#server/runs/retry-policy';
import {
  cargoLength,
  type ModelFinding,
  type ModelHold,
  type ModelRules,
  type ModelState,
  type ModelWrite,
  modelSize,
} from './run-model.ts';
import { claim, newRun, requestStop, type StoreAnswer, type Stored, sweep, write } from './run-model-store.ts';

/** answered: it is carried out and the worker hears of it. lost: carried out, unheard. late: not yet carried out, unheard. */
export type Fate = 'answered' | 'lost' | 'late';

export type ModelEvent =
  | { kind: 'start' }
  | { kind: 'claim'; worker: number; run: number; fate: 'answered' | 'lost' }
  | { kind: 'write'; worker: number; write: ModelWrite; fate: Fate }
  | { kind: 'requestStop'; run: number }
  | { kind: 'leaseEnds'; run: number }
  | { kind: 'look'; run: number }
  | { kind: 'sweep' }
  | { kind: 'lateArrives' }
  | { kind: 'crash'; worker: number };

/** Everything that can happen in a state, in a fixed order. */
export function eventsOf(state: ModelState, rules: ModelRules): ModelEvent[] {
  const events: ModelEvent[] = [];
  const hasActive = state.runs.some(({ status }) => isActive(status));
  if (state.runs.length < modelSize.runs || hasActive) events.push({ kind: 'start' });
  for (const [run, { status }] of state.runs.entries()) {
    events.push({ kind: 'requestStop', run });
    if (status === 'running' && mayLoseLease(state, run)) events.push({ kind: 'leaseEnds', run });
    if (rules.sweeps && !state.finding && findingOf(state, run)) events.push({ kind: 'look', run });
  }
  if (state.finding) events.push({ kind: 'sweep' });
  if (state.late) events.push({ kind: 'lateArrives' });
  for (const [worker, hold] of state.workers.entries()) events.push(...eventsOfWorker(state, worker, hold));
  return events;
}

/** The lease of a dead owner ends by itself; that of a living one only when something is wrong with it. */
function mayLoseLease(state: ModelState, run: number): boolean {
  return state.runs[run]!.lease === 'live' && (state.faultsLeft > 0 || !hasOwner(state, run));
}

function hasOwner({ runs, workers }: ModelState, run: number): boolean {
  return workers.some((hold) => hold?.run === run && hold.epoch === runs[run]!.epoch);
}

function eventsOfWorker(state: ModelState, worker: number, hold: ModelHold | null): ModelEvent[] {
  const mayFail = state.faultsLeft > 0;
  const fates: Fate[] = mayFail ? ['answered', 'lost'] : ['answered'];
  if (!hold) {
    const claimFates = mayFail ? (['answered', 'lost'] as const) : (['answered'] as const);
    return state.runs.flatMap((_, run) => claimFates.map((fate) => ({ kind: 'claim', worker, run, fate }) as const));
  }
  const writes = hold.doubt ? writesInDoubt(hold, hold.doubt) : writesOf(hold, mayFail);
  const writeFates: Fate[] = mayFail && !state.late ? [...fates, 'late'] : fates;
  const events = writes.flatMap((statement) =>
    writeFates.map((fate): ModelEvent => ({ kind: 'write', worker, write: statement, fate })),
  );
  return mayFail ? [...events, { kind: 'crash', worker }] : events;
}

/** The same again; or, where the database has no space for it, the end without it. */
function writesInDoubt({ run, epoch, lastSeq }: ModelHold, doubt: ModelWrite): ModelWrite[] {
  return doubt.kind === 'append' ? [doubt, { run, epoch, kind: 'settle', outcome: 'failed', lastSeq }] : [doubt];
}

/** What an owner may do next. A release is a fault here, since it makes more work. */
function writesOf({ run, epoch, lastSeq, stepCount, phase }: ModelHold, mayFail: boolean): ModelWrite[] {
  const place = { run, epoch };
  const settle = (outcome: 'succeeded' | 'failed' | 'aborted'): ModelWrite => ({ ...place, kind: 'settle', outcome, lastSeq });
  const append = (cargo: 'renewal' | 'text' | 'step' | 'end'): ModelWrite => ({ ...place, kind: 'append', cargo, fromSeq: lastSeq + 1 });
  if (phase === 'ended') return [settle('succeeded')];
  if (phase === 'stopping') return [settle('aborted')];
  const writes = [append('renewal'), settle('failed')];
  if (mayFail) writes.push({ ...place, kind: 'release' });
  if (phase === 'step') writes.push(append('text'));
  if (phase === 'said') writes.push(append('step'));
  if (phase === 'idle' && stepCount < modelSize.steps) writes.push({ ...place, kind: 'beginStep' });
  if (phase === 'idle' && stepCount > 0) writes.push(append('end'));
  return writes;
}

/** What a sweeper would do about a run; null for one that is looked after, or not yet begun. */
function findingOf(state: ModelState, index: number): ModelFinding | null {
  const run = state.runs[index]!;
  if (run.status !== 'running') return null;
  const place = { run: index, epoch: run.epoch };
  if (run.lease === 'live') {
    return hasOwner(state, index) ? null : { ...place, act: 'expire', reason: 'worker_died' };
  }
  const decision = decideRescue(run, modelSize.maxAttempts);
  if (decision.kind === 'ring') return { ...place, act: 'expire', reason: 'lease_expired' };
  const outcome = decision.outcome.kind === 'aborted' ? 'aborted' : 'failed';
  return { ...place, act: 'settle', outcome };
}

export type Happened = { state: ModelState; answer: StoreAnswer | null };

/** Let one event happen. answer: what the database said, heard or not; null where it was not asked. */
export function happen(state: ModelState, event: ModelEvent, rules: ModelRules): Happened {
  switch (event.kind) {
    case 'start':
      return start(state, rules);
    case 'claim':
      return claimBy(state, event, rules);
    case 'write':
      return writeBy(state, event, rules);
    case 'requestStop':
      return store(state, event.run, requestStop(state.runs[event.run]!, rules));
    case 'leaseEnds':
      return { state: endLease(state, event.run), answer: null };
    case 'look':
      return { state: { ...state, finding: findingOf(state, event.run) }, answer: null };
    case 'sweep': {
      const finding = state.finding!;
      return store({ ...state, finding: null }, finding.run, sweep(state.runs[finding.run]!, finding, rules));
    }
    case 'lateArrives': {
      const late = state.late!;
      return store({ ...state, late: null }, late.run, write(state.runs[late.run]!, late, rules));
    }
    case 'crash':
      return { state: spendFault(holdBy(state, event.worker, null)), answer: null };
  }
}

const spendFault = (state: ModelState): ModelState => ({ ...state, faultsLeft: state.faultsLeft - 1 });

function holdBy(state: ModelState, worker: number, hold: ModelHold | null): ModelState {
  return { ...state, workers: state.workers.with(worker, hold) };
}

function store(state: ModelState, index: number, { run, answer }: Stored): Happened {
  return { state: { ...state, runs: state.runs.with(index, run) }, answer };
}

function start(state: ModelState, rules: ModelRules): Happened {
  const isTaken = rules.slotGate && state.runs.some(({ status }) => isActive(status));
  if (isTaken || state.runs.length === modelSize.runs) return { state, answer: 'slot taken' };
  return { state: { ...state, runs: [...state.runs, newRun] }, answer: 'started' };
}

function endLease(state: ModelState, index: number): ModelState {
  const runs = state.runs.with(index, { ...state.runs[index]!, lease: 'expired' });
  return hasOwner(state, index) ? spendFault({ ...state, runs }) : { ...state, runs };
}

function claimBy(state: ModelState, { worker, run, fate }: Extract<ModelEvent, { kind: 'claim' }>, rules: ModelRules): Happened {
  const claimed = store(state, run, claim(state.runs[run]!, rules));
  // A claim whose answer is lost is not repeated: the run is left to the sweep.
  if (fate === 'lost') return { ...claimed, state: spendFault(claimed.state) };
  if (claimed.answer === 'nothing') return claimed;
  const { epoch, lastSeq, stepCount, ended } = claimed.state.runs[run]!;
  const hold = { run, epoch, lastSeq, stepCount, phase: ended ? 'ended' : 'idle', doubt: null } as const;
  return { ...claimed, state: holdBy(claimed.state, worker, hold) };
}

function writeBy(state: ModelState, event: Extract<ModelEvent, { kind: 'write' }>, rules: ModelRules): Happened {
  const { worker, write: statement, fate } = event;
  const hold = state.workers[worker]!;
  const inDoubt = (next: ModelState) => spendFault(holdBy(next, worker, { ...hold, doubt: statement }));
  if (fate === 'late') return { state: inDoubt({ ...state, late: statement }), answer: null };
  const written = store(state, statement.run, write(state.runs[statement.run]!, statement, rules));
  if (fate === 'lost') return { ...written, state: inDoubt(written.state) };
  const spends = statement.kind === 'release' && !hold.doubt;
  const heard = holdBy(written.state, worker, follow({ ...hold, doubt: null }, statement, written.answer));
  return { ...written, state: spends ? spendFault(heard) : heard };
}

/** What an owner makes of an answer; null when the run is no longer its business. */
function follow(hold: ModelHold, statement: ModelWrite, answer: StoreAnswer | null): ModelHold | null {
  if (statement.kind === 'settle' || statement.kind === 'release' || answer === 'fenced') return null;
  if (statement.kind === 'beginStep') return { ...hold, phase: answer === 'begun' ? 'step' : 'stopping' };
  const { cargo, fromSeq } = statement;
  const lastSeq = fromSeq + cargoLength[cargo] - 1;
  const landed = { ...hold, lastSeq, stepCount: hold.stepCount + Number(cargo === 'step') };
  if (answer === 'landed, stop') return { ...landed, phase: 'stopping' };
  const phases = { renewal: hold.phase, text: 'said', step: 'idle', end: 'ended' } as const;
  return { ...landed, phase: phases[cargo] };
}
