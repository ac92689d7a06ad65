/**
 * Why a run failed, in our own words. What a provider says never reaches a client; these sentences do.
 * The list is closed: a new reason is a new line here, and the compiler finds every place that must know it.
 */
export const runErrors = {
  PROVIDER_UNAUTHORIZED: 'The model provider refused the API key. Check the key in the server’s configuration.',
  PROVIDER_RATE_LIMITED: 'The model provider is receiving too many requests. Wait a moment and retry.',
  PROVIDER_UNAVAILABLE: 'The model provider has a problem of its own right now. Retry in a moment.',
  PROVIDER_UNREACHABLE: 'The model provider cannot be reached. Check that it is running and that its address is right.',
  PROVIDER_REJECTED: 'The model provider did not accept this request.',
  FILES_REJECTED: 'The model provider did not accept this chat with its files. Choose a model that can read them.',
  PROVIDER_CUT: 'The model provider broke off in the middle of the answer.',
  PROVIDER_TIMEOUT: 'The model provider stopped answering.',
  MODEL_NOT_FOUND: 'The model provider does not know this model. Choose another one.',
  STEP_TIMEOUT: 'One step of the answer took longer than a step may take.',
  RUN_TIMEOUT: 'The answer took longer than a run may take.',
  ANSWER_TOO_LONG: 'The answer grew beyond what one message may hold.',
  WORKER_LOST: 'The server that wrote this answer was lost, and so were those that tried to continue it.',
  STORAGE_FAILED: 'The answer could not be saved: the database refused it.',
  STORAGE_FULL: 'The answer could not be saved: the database has no space left.',
  INTERNAL: 'Something went wrong on our side while this answer was written.',
} as const satisfies Record<string, string>;

export type RunErrorCode = keyof typeof runErrors;

/** Whether `code` is one of ours. A row written by a newer version may hold another one. */
export function isRunErrorCode(code: string): code is RunErrorCode {
  return Object.hasOwn(runErrors, code);
}

/** The public form of a failure: a code and the sentence for it. */
export function describeRunError(code: string): { code: RunErrorCode; message: string } {
  const known = isRunErrorCode(code) ? code : 'INTERNAL';
  return { code: known, message: runErrors[known] };
}
