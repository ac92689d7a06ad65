import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoSuchModelError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { NoOutputGeneratedError, RetryError, StreamProviderError } from 'ai';
import type { RunErrorCode } from '#domain/run-error';
import { redactSecrets } from './redact-secrets.ts';

export type ProviderFailure = {
  code: RunErrorCode;
  /** for operators: what was said, without keys, at most 1,000 characters */
  detail: string;
};

const maxDetailLength = 1_000;
const timeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const cutCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE']);
const unreachableCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|ERR_SSL.*)$/;
const brokenAnswers = [
  InvalidResponseDataError,
  JSONParseError,
  TypeValidationError,
  EmptyResponseBodyError,
  NoOutputGeneratedError,
];

/**
 * Say in one of our codes why a model call failed.
 *
 * @param error whatever the AI SDK threw or sent as an `error` part
 * @param secrets keys in use, to be kept out of `detail` beside everything that looks like a key
 */
export function classifyProviderError(error: unknown, secrets: readonly string[] = []): ProviderFailure {
  const chain = causesOf(error);
  const code = chain.map(codeOf).find((found) => found !== undefined) ?? 'INTERNAL';
  const said = [...new Set(chain.map(messageOf))].filter((message) => message !== '').join(' ← ');
  return { code, detail: redactSecrets(said, secrets).slice(0, maxDetailLength) };
}

/** The error and what lies behind it, the outermost first; of several attempts only the last. */
function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  const next = [error];
  while (next.length > 0 && chain.length < 20) {
    const current = next.shift();
    if (current === undefined || current === null || chain.includes(current)) continue;
    chain.push(current);
    if (RetryError.isInstance(current)) next.push(current.lastError);
    else if (current instanceof AggregateError) next.push(...current.errors);
    if (current instanceof Error) next.push(current.cause);
  }
  return chain;
}

function codeOf(error: unknown): RunErrorCode | undefined {
  if (RetryError.isInstance(error)) return undefined;
  if (APICallError.isInstance(error)) return codeOfCall(error);
  if (brokenAnswers.some((kind) => kind.isInstance(error))) return 'PROVIDER_CUT';
  if (LoadAPIKeyError.isInstance(error)) return 'PROVIDER_UNAUTHORIZED';
  if (NoSuchModelError.isInstance(error)) return 'MODEL_NOT_FOUND';
  if (UnsupportedFunctionalityError.isInstance(error)) return 'PROVIDER_REJECTED';
  if (StreamProviderError.isInstance(error)) return codeOfReport(error);
  if (error instanceof Error) return codeOfError(error);
  // The AI SDK hands on what a provider reports even when it cannot read it.
  return typeof error === 'object' ? 'PROVIDER_UNAVAILABLE' : undefined;
}

function codeOfCall(error: APICallError): RunErrorCode {
  const isTimedOut = causesOf(error).some(isTimeout);
  // Nothing came back: what the socket says is why the provider could not be asked at all.
  if (error.statusCode === undefined) return isTimedOut ? 'PROVIDER_TIMEOUT' : 'PROVIDER_UNREACHABLE';
  // The answer had begun well.
  if (error.statusCode < 300) return isTimedOut ? 'PROVIDER_TIMEOUT' : 'PROVIDER_CUT';
  return codeOfStatus(error.statusCode, error.responseBody ?? error.message);
}

function codeOfStatus(status: number, body: string): RunErrorCode {
  if (status === 401 || status === 403) return 'PROVIDER_UNAUTHORIZED';
  if (status === 429) return 'PROVIDER_RATE_LIMITED';
  if (status === 408 || status === 504) return 'PROVIDER_TIMEOUT';
  if (status >= 500) return 'PROVIDER_UNAVAILABLE';
  // Routers say so when they know of no model that takes pictures, or files.
  if (status === 404 && /support \w+ input/i.test(body)) return 'PROVIDER_REJECTED';
  // A 404 that does not speak of a model comes from a wrong base address.
  if (status === 404) return /model/i.test(body) ? 'MODEL_NOT_FOUND' : 'PROVIDER_UNREACHABLE';
  if (/model_not_found|not a valid model/i.test(body)) return 'MODEL_NOT_FOUND';
  return 'PROVIDER_REJECTED';
}

function codeOfError(error: Error & { code?: unknown; statusCode?: unknown }): RunErrorCode | undefined {
  if (typeof error.statusCode === 'number') return codeOfStatus(error.statusCode, error.message);
  if (isTimeout(error)) return 'PROVIDER_TIMEOUT';
  if (typeof error.code !== 'string') return undefined;
  if (cutCodes.has(error.code)) return 'PROVIDER_CUT';
  return unreachableCodes.test(error.code) ? 'PROVIDER_UNREACHABLE' : undefined;
}

/** What a provider reported inside its stream. */
function codeOfReport({ statusCode, type, code, message }: StreamProviderError): RunErrorCode {
  const said = [type, code, message].join(' ');
  if (statusCode !== undefined) return codeOfStatus(statusCode, said);
  if (/rate.?limit|too many requests|quota/i.test(said)) return 'PROVIDER_RATE_LIMITED';
  if (/authentication|permission|api.?key/i.test(said)) return 'PROVIDER_UNAUTHORIZED';
  return /invalid.?request|context.?length|content.?filter/i.test(said) ? 'PROVIDER_REJECTED' : 'PROVIDER_UNAVAILABLE';
}

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || timeoutCodes.has(String((error as { code?: unknown }).code));
}

function messageOf(error: unknown): string {
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    return `HTTP ${error.statusCode} ${error.message} ${error.responseBody ?? ''}`.trim();
  }
  if (error instanceof Error) return error.message || (error as NodeJS.ErrnoException).code || error.name;
  return typeof error === 'string' ? error : JSON.stringify(error);
}
