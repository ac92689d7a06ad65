/** What the heart refuses, in a closed list; server/trpc/errors.ts has one row for each. */
export const runFaultCodes = [
  'NOT_FOUND',
  'RUN_ACTIVE',
  'MESSAGE_CONFLICT',
  'MESSAGE_SENT',
  'QUEUE_FULL',
  'BAD_REQUEST',
  'FILE_GONE',
] as const;
export type RunFaultCode = (typeof runFaultCodes)[number];

/** A refusal that a caller can act on. */
export class RunFault extends Error {
  readonly code: RunFaultCode;
  /** with RUN_ACTIVE: the run that holds the chat's slot */
  readonly activeRunId: string | undefined;

  constructor(code: RunFaultCode, message: string, activeRunId?: string) {
    super(message);
    this.name = 'RunFault';
    this.code = code;
    this.activeRunId = activeRunId;
  }
}

/** By name, not by class: Next bundles this file more than once. */
export function isRunFault(error: unknown): error is RunFault {
  return error instanceof Error && error.name === 'RunFault';
}
