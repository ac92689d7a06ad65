/** A web process without its server: the real services on a test database, and the API called as a browser calls it. */
import type { inferRouterOutputs } from '@trpc/server';
import { afterAll, beforeAll } from 'vitest';
import { type Caller, findCaller } from '#server/caller';
import { readEnv } from '#server/env';
import { type Services, shareServices } from '#server/services';
import { startServices } from '#server/start-services';
import type { ErrorShape } from '#server/trpc/errors';
import { handleApiRequest } from '#server/trpc/http-handler';
import type { AppRouter } from '#server/trpc/router';
import { createTestDatabase } from './database.ts';

export const testOrigin = 'http://localhost:3000';

/** Started for the surrounding describe; `variables` go on top of the least a web process needs. */
export function useServices(variables: Record<string, string> = {}): { readonly services: Services } {
  let database: Awaited<ReturnType<typeof createTestDatabase>> | undefined;
  let started: Awaited<ReturnType<typeof startServices>> | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    const secret = 'only for tests, and long enough.';
    const least = { DATABASE_URL: database.url, AUTH_SECRET: secret, LOG_LEVEL: 'silent', NODE_ENV: 'test' };
    started = await startServices(readEnv({ ...least, ...variables }));
    shareServices(started);
  });
  afterAll(async () => {
    await started?.close();
    await database?.drop();
  });
  return {
    get services() {
      return started!;
    },
  };
}

/** A call of better-auth's own routes. */
export function callAuth(
  { auth }: Services,
  path: string,
  { body, cookie = '' }: { body: object; cookie?: string },
): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: testOrigin, cookie };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return auth.handler(new Request(`${testOrigin}/api/auth${path}`, init));
}

/** What a browser sends back after the response. */
export function cookieOf(response: Response): string {
  return response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

/** Who the API takes the bearer of this cookie for. */
export function callerOf({ db, env }: Services, cookie: string): Promise<Caller | null> {
  return findCaller({ pool: db.pool, secret: env.AUTH_SECRET! }, new Headers({ cookie }));
}

/** A new guest's cookie. */
export async function signInGuest(services: Services): Promise<string> {
  return cookieOf(await callAuth(services, '/sign-in/anonymous', { body: {} }));
}

type Outputs = inferRouterOutputs<AppRouter>;
type OutputOf<Path extends string> = Path extends `${infer Noun extends keyof Outputs}.${infer Verb}`
  ? Verb extends keyof Outputs[Noun]
    ? Outputs[Noun][Verb]
    : never
  : unknown;

/** `result` is for calls that are expected to succeed, `error` for the others. */
export type ApiAnswer<Result> = { status: number; result: Result; error: ErrorShape };

/** A mutation with everything that the API demands of one; given headers go on top. */
export function mutate<Path extends string>(from: string | HeadersOfTest, path: Path, input: unknown) {
  const headers = typeof from === 'string' ? { cookie: from } : from;
  return call<OutputOf<Path>>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-holdfast': '1', ...headers },
    body: JSON.stringify(input),
  });
}

type HeadersOfTest = { cookie: string; [name: string]: string };

export function query<Path extends string>(cookie: string, path: Path, input?: unknown) {
  return call<OutputOf<Path>>(`${path}${inputParameter(input)}`, { headers: { cookie } });
}

async function call<Result>(pathAndQuery: string, init: RequestInit): Promise<ApiAnswer<Result>> {
  const response = await handleApiRequest(new Request(`${testOrigin}/api/trpc/${pathAndQuery}`, init));
  const body = (await response.json()) as { result?: { data: Result }; error?: ErrorShape };
  return { status: response.status, result: body.result?.data as Result, error: body.error as ErrorShape };
}

/** `data` is a `Data` for events named "message". */
export type ServerSentEvent<Data> = { event: string; id: string | undefined; data: Data };

/** A subscription as server-sent events, without tRPC's pings; leave the loop to end it. */
export async function* subscribe<Data>(
  cookie: string,
  path: string,
  input?: unknown,
): AsyncGenerator<ServerSentEvent<Data>> {
  const request = new Request(`${testOrigin}/api/trpc/${path}${inputParameter(input)}`, { headers: { cookie } });
  const response = await handleApiRequest(request);
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const blocks = text.split(/\n\n+/);
    text = blocks.pop()!;
    const events = blocks.filter((block) => block !== '').map((block) => parseEvent<Data>(block));
    yield* events.filter(({ event }) => event !== 'ping');
  }
}

function parseEvent<Data>(block: string): ServerSentEvent<Data> {
  const fields = new Map(block.split('\n').map((line) => [line.split(': ', 1)[0], line.replace(/^\w+: ?/, '')]));
  const data = JSON.parse(fields.get('data') || 'null') as Data;
  return { event: fields.get('event') ?? 'message', id: fields.get('id'), data };
}

function inputParameter(input: unknown): string {
  return input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
}
