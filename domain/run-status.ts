/**
 * The one table of run statuses: what each means, what moves a run out of it and where to. Types, guards,
 * the documentation and the tests are drawn from here.
 */

/** Every status, in the order of a life. */
export const runStatuses = ['pending', 'running', 'succeeded', 'failed', 'aborted'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** What can happen to a run. */
export const runCommands = [
  'claim',
  'append',
  'requestStop',
  'release',
  'expire',
  'settleSucceeded',
  'settleFailed',
  'settleAborted',
] as const;
export type RunCommand = (typeof runCommands)[number];

/**
 * What each command makes of each status; absent means refused, and a refused command changes no row.
 * `running → running` for claim is a takeover and needs an expired lease.
 */
export const runTransitions: Record<RunStatus, Partial<Record<RunCommand, RunStatus>>> = {
  pending: { claim: 'running', requestStop: 'aborted' },
  running: {
    claim: 'running',
    append: 'running',
    requestStop: 'running',
    release: 'running',
    expire: 'running',
    settleSucceeded: 'succeeded',
    settleFailed: 'failed',
    settleAborted: 'aborted',
  },
  succeeded: {},
  failed: {},
  aborted: {},
};

/** Holds the chat's slot. */
export type ActiveRunStatus = Extract<RunStatus, 'pending' | 'running'>;
/** Nobody moves a run out of these. */
export type TerminalRunStatus = Exclude<RunStatus, ActiveRunStatus>;

/** Whether a run in this status holds its chat's slot. */
export function isActive(status: RunStatus): status is ActiveRunStatus {
  return status === 'pending' || status === 'running';
}

/** Whether a run in this status is over. */
export function isTerminal(status: RunStatus): status is TerminalRunStatus {
  return !isActive(status);
}
