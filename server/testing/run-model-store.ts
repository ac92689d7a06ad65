/** The model's database: what each guarded statement makes of a row, and what it answers. */
import { isTerminal, type RunCommand } from '#domain/run-status';
import type { SettleAnswer } from '#server/runs/settle';
import type { BeginStepAnswer } from '#server/runs/transitions';
import { cargoLength, type ModelFinding, type ModelOutcome, type ModelRules, type ModelRun, type ModelWrite } from './run-model.ts';

export type StoreAnswer =
  | 'claimed'
  | 'nothing'
  | 'landed'
  | 'landed, stop'
  | 'fenced'
  | BeginStepAnswer
  | SettleAnswer
  | 'released'
  | 'expired'
  | 'stop noted'
  | 'started'
  | 'slot taken';

export type Stored = { run: ModelRun; answer: StoreAnswer };

export const newRun: ModelRun = {
  status: 'pending',
  epoch: 0,
  attempt: 0,
  lastSeq: 0,
  stepCount: 0,
  stopRequested: false,
  lease: 'none',
  interrupted: false,
  released: false,
  ended: false,
  journal: [],
};

/** claimRun. */
export function claim(run: ModelRun, rules: ModelRules): Stored {
  const status = rules.transitions[run.status].claim;
  const isStopped = rules.claimStopGuard && run.stopRequested;
  const isOwned = rules.leaseGuard && run.lease === 'live';
  if (!status || isStopped || isOwned) return { run, answer: 'nothing' };
  const claimed = { ...run, epoch: run.epoch + 1, attempt: run.attempt + 1, interrupted: false, released: false };
  return { run: { ...claimed, status, lease: 'live' }, answer: 'claimed' };
}

/** requestStop. */
export function requestStop(run: ModelRun, rules: ModelRules): Stored {
  const status = rules.transitions[run.status].requestStop;
  if (!status || run.stopRequested) return { run, answer: 'stop noted' };
  return { run: { ...run, status, stopRequested: true }, answer: 'stop noted' };
}

/** The owner's statements. */
export function write(run: ModelRun, statement: ModelWrite, rules: ModelRules): Stored {
  switch (statement.kind) {
    case 'beginStep':
      return beginStep(run, statement, rules);
    case 'append':
      return append(run, statement, rules);
    case 'settle':
      return settleOwned(run, statement, rules);
    case 'release':
      return release(run, statement, rules);
  }
}

/** The sweeper's statements. */
export function sweep(run: ModelRun, finding: ModelFinding, rules: ModelRules): Stored {
  return finding.act === 'expire' ? expire(run, finding, rules) : settleLost(run, finding, rules);
}

type Statement<K extends ModelWrite['kind']> = Extract<ModelWrite, { kind: K }>;

/** Whether a statement under this epoch may make this change. */
function allows(run: ModelRun, { epoch, command }: { epoch: number; command: RunCommand }, rules: ModelRules) {
  const isOwner = !rules.fence || run.epoch === epoch;
  return isOwner ? rules.transitions[run.status][command] : undefined;
}

/** beginStep; it has no command of its own in the table, since it moves nothing. */
function beginStep(run: ModelRun, { epoch }: Statement<'beginStep'>, rules: ModelRules): Stored {
  if (run.released || !allows(run, { epoch, command: 'append' }, rules)) return { run, answer: 'fenced' };
  const answer = rules.stepStopGuard && run.stopRequested ? 'stopped' : 'begun';
  return { run: { ...run, lease: 'live', interrupted: false }, answer };
}

/** appendChunks. */
function append(run: ModelRun, { epoch, cargo, fromSeq }: Statement<'append'>, rules: ModelRules): Stored {
  const status = allows(run, { epoch, command: 'append' }, rules);
  const toSeq = fromSeq + cargoLength[cargo] - 1;
  const answer = run.stopRequested ? 'landed, stop' : 'landed';
  if (!status || run.released) return { run, answer: 'fenced' };
  if (rules.sequenceGuard && run.lastSeq !== fromSeq - 1) {
    return { run, answer: run.lastSeq >= toSeq ? answer : 'fenced' };
  }
  const completesStep = cargo === 'step';
  const landed: ModelRun = {
    ...run,
    status,
    lastSeq: toSeq,
    lease: 'live',
    interrupted: false,
    stepCount: run.stepCount + Number(completesStep),
    attempt: completesStep ? 1 : run.attempt,
    ended: run.ended || cargo === 'end',
    journal: cargo === 'renewal' ? run.journal : [...run.journal, { fromSeq, toSeq, epoch }],
  };
  return { run: landed, answer };
}

/** releaseRun. */
function release(run: ModelRun, { epoch }: Statement<'release'>, rules: ModelRules): Stored {
  const status = allows(run, { epoch, command: 'release' }, rules);
  if (!status) return { run, answer: 'fenced' };
  const takesBack = rules.idempotentRelease && run.released ? 0 : 1;
  const attempt = Math.max(run.attempt - takesBack, 0);
  return { run: { ...run, status, lease: 'expired', attempt, released: true }, answer: 'released' };
}

/** expireRun. */
function expire(run: ModelRun, { epoch, reason }: Extract<ModelFinding, { act: 'expire' }>, rules: ModelRules): Stored {
  const status = allows(run, { epoch, command: 'expire' }, rules);
  if (!status || run.interrupted || run.released) return { run, answer: 'nothing' };
  if (rules.sweepGuard && reason === 'lease_expired' && run.lease === 'live') return { run, answer: 'nothing' };
  return { run: { ...run, status, lease: 'expired', interrupted: true }, answer: 'expired' };
}

/** settleOwnedRun. */
function settleOwned(run: ModelRun, { epoch, outcome, lastSeq }: Statement<'settle'>, rules: ModelRules): Stored {
  const isOwners = (!rules.fence || run.epoch === epoch) && run.lastSeq >= lastSeq;
  return settle(run, { holds: run.status === 'running' && isOwners, outcome, epoch }, rules);
}

/** settleLostRun. */
function settleLost(run: ModelRun, { epoch, outcome }: Extract<ModelFinding, { act: 'settle' }>, rules: ModelRules): Stored {
  const isLost = !rules.sweepGuard || (run.epoch === epoch && run.lease === 'expired');
  return settle(run, { holds: isLost, outcome, epoch: epoch + 1 }, rules);
}

type Settlement = { holds: boolean; outcome: ModelOutcome; epoch: number };
const settleCommands = { succeeded: 'settleSucceeded', failed: 'settleFailed', aborted: 'settleAborted' } as const;

function settle(run: ModelRun, { holds, outcome, epoch }: Settlement, rules: ModelRules): Stored {
  // An end that the journal holds beats whatever is wished.
  const status = rules.transitions[run.status][settleCommands[run.ended ? 'succeeded' : outcome]];
  if (!status && isTerminal(run.status)) return { run, answer: 'settled-before' };
  if (!status || !holds) return { run, answer: 'refused' };
  const fromSeq = run.lastSeq + 1;
  const journal = run.ended ? run.journal : [...run.journal, { fromSeq, toSeq: fromSeq, epoch }];
  const lastSeq = run.ended ? run.lastSeq : fromSeq;
  const over = { status, lease: 'none', ended: true, released: run.released && epoch <= run.epoch } as const;
  return { run: { ...run, ...over, epoch: Math.max(run.epoch, epoch), lastSeq, journal }, answer: 'settled' };
}
