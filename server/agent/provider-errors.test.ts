import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoSuchModelError,
} from '@ai-sdk/provider';
import { RetryError, StreamProviderError } from 'ai';
import { describe, expect, it } from 'vitest';
import { classifyProviderError } from './provider-errors.ts';

type Call = { statusCode?: number; responseBody?: string; cause?: unknown };

function call({ statusCode, responseBody, cause }: Call): APICallError {
  const request = { url: 'http://provider/v1', requestBodyValues: {} };
  return new APICallError({ message: 'said', ...request, statusCode, responseBody, cause });
}

function socketError(code: string): Error {
  return Object.assign(new Error(`socket: ${code}`), { code });
}

function afterRetries(last: unknown): RetryError {
  return new RetryError({ message: 'Failed after 3 attempts', reason: 'maxRetriesExceeded', errors: [call({}), last] });
}

const report = (fields: object) => new StreamProviderError({ message: 'oh', isRetryable: false, ...fields });

describe('classifyProviderError', () => {
  it.each([
    ['401', call({ statusCode: 401 }), 'PROVIDER_UNAUTHORIZED'],
    ['403', call({ statusCode: 403 }), 'PROVIDER_UNAUTHORIZED'],
    ['404 of a model', call({ statusCode: 404, responseBody: 'model "x" not found' }), 'MODEL_NOT_FOUND'],
    ['404 of an address', call({ statusCode: 404, responseBody: '<html>' }), 'PROVIDER_UNREACHABLE'],
    ['404 of a router', call({ statusCode: 404, responseBody: 'No endpoints support image input' }), 'PROVIDER_REJECTED'],
    ['400 of a model', call({ statusCode: 400, responseBody: 'x is not a valid model ID' }), 'MODEL_NOT_FOUND'],
    ['400', call({ statusCode: 400 }), 'PROVIDER_REJECTED'],
    ['413', call({ statusCode: 413 }), 'PROVIDER_REJECTED'],
    ['408', call({ statusCode: 408 }), 'PROVIDER_TIMEOUT'],
    ['429', call({ statusCode: 429 }), 'PROVIDER_RATE_LIMITED'],
    ['500', call({ statusCode: 500 }), 'PROVIDER_UNAVAILABLE'],
    ['529', call({ statusCode: 529 }), 'PROVIDER_UNAVAILABLE'],
    ['503 after retries', afterRetries(call({ statusCode: 503 })), 'PROVIDER_UNAVAILABLE'],
    ['refused', call({ cause: socketError('ECONNREFUSED') }), 'PROVIDER_UNREACHABLE'],
    ['refused after retries', afterRetries(call({ cause: socketError('ECONNREFUSED') })), 'PROVIDER_UNREACHABLE'],
    ['no such name', new TypeError('fetch failed', { cause: socketError('ENOTFOUND') }), 'PROVIDER_UNREACHABLE'],
    ['refused on both addresses', new AggregateError([socketError('ECONNREFUSED')]), 'PROVIDER_UNREACHABLE'],
    ['bad certificate', socketError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'PROVIDER_UNREACHABLE'],
    ['torn after 200', call({ statusCode: 200, cause: socketError('UND_ERR_SOCKET') }), 'PROVIDER_CUT'],
    ['torn', new TypeError('terminated', { cause: socketError('ECONNRESET') }), 'PROVIDER_CUT'],
    ['silent after 200', call({ statusCode: 200, cause: socketError('UND_ERR_BODY_TIMEOUT') }), 'PROVIDER_TIMEOUT'],
    ['silent', call({ cause: socketError('UND_ERR_HEADERS_TIMEOUT') }), 'PROVIDER_TIMEOUT'],
    ['no end', new InvalidResponseDataError({ data: undefined, message: 'no finish reason' }), 'PROVIDER_CUT'],
    ['malformed', new JSONParseError({ text: '{', cause: new SyntaxError('?') }), 'PROVIDER_CUT'],
    ['no key', new LoadAPIKeyError({ message: 'missing' }), 'PROVIDER_UNAUTHORIZED'],
    ['unknown provider', new NoSuchModelError({ modelId: 'a:b', modelType: 'languageModel' }), 'MODEL_NOT_FOUND'],
    ['report', report({ type: 'overloaded_error' }), 'PROVIDER_UNAVAILABLE'],
    ['report with status', report({ statusCode: 429 }), 'PROVIDER_RATE_LIMITED'],
    ['report of limits', report({ code: 'rate_limit_exceeded' }), 'PROVIDER_RATE_LIMITED'],
    ['report of the request', report({ type: 'invalid_request_error' }), 'PROVIDER_REJECTED'],
    ['unreadable report', { oops: true }, 'PROVIDER_UNAVAILABLE'],
    ['our own fault', new TypeError('x is undefined'), 'INTERNAL'],
    ['a bare word', 'text part 0 not found', 'INTERNAL'],
    ['nothing', undefined, 'INTERNAL'],
  ])('knows %s', (_, error, code) => {
    expect(classifyProviderError(error).code).toBe(code);
  });

  it('ends on errors that cause each other', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(classifyProviderError(first)).toEqual({ code: 'INTERNAL', detail: 'first ← second' });
  });

  it.each([
    'Incorrect API key provided: sk-proj-abcDEF123456789. Find yours elsewhere.',
    'header Authorization: Bearer abcDEF.123456',
    'GET https://provider/models?key=AIzaSyAbc123456789',
    'the token hunter2 is wrong',
    'key 0123456789abcdef0123456789abcdef was revoked',
  ])('keeps keys out of the detail: %s', (responseBody) => {
    const { detail } = classifyProviderError(call({ statusCode: 401, responseBody }), ['hunter2', '']);
    expect(detail).toContain('HTTP 401');
    expect(detail).toContain('[redacted]');
    expect(detail).not.toMatch(/abcDEF|AIzaSy|hunter2|0123456789abcdef/);
  });

  it('keeps the detail short', () => {
    const { detail } = classifyProviderError(call({ statusCode: 500, responseBody: 'no '.repeat(10_000) }));
    expect(detail.length).toBeLessThanOrEqual(1_000);
  });
});
