/** A web process without its server: the real services on a test database, and the API called as a browser calls it. */
import { afterAll, beforeAll } from 'vitest';
import { readEnv } from '#server/env';
import { type Services, shareServices } from '#server/services';
import { startServices } from '#server/start-services';
import { handleApiRequest } from '#server/trpc/http-handler';
import { createTestDatabase, type TestDatabase } from './database.ts';

export const testOrigin = 'http://localhost:3000';

/** Started for the surrounding describe; `variables` go on top of the least a web process needs. */
export function useServices(variables: Record<string, string> = {}): { readonly services: Services } {
  let database: TestDatabase | undefined;
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
export function callAuth({ auth }: Services, path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: testOrigin, cookie };
  return auth.handler(new Request(`${testOrigin}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** What a browser sends back after the response. */
export function cookieOf(response: Response): string {
  return response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

/** A new guest's cookie. */
export async function signInGuest(services: Services): Promise<string> {
  return cookieOf(await callAuth(services, '/sign-in/anonymous', {}));
}

export type ApiAnswer = { status: number; result: any; error: any };

/** A mutation, with everything that the API demands of one; `headers` on top. */
export function mutate(cookie: string, path: string, input: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
  return call(path, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-holdfast': '1', ...headers },
    body: JSON.stringify(input),
  });
}

export function query(cookie: string, path: string, input?: unknown): Promise<ApiAnswer> {
  return call(`${path}${inputParameter(input)}`, { headers: { cookie } });
}

async function call(pathAndQuery: string, init: RequestInit): Promise<ApiAnswer> {
  const response = await handleApiRequest(new Request(`${testOrigin}/api/trpc/${pathAndQuery}`, init));
  const body = (await response.json()) as { result?: { data: unknown }; error?: unknown };
  return { status: response.status, result: body.result?.data, error: body.error };
}

export type ServerSentEvent = { event: string; id: string | undefined; data: any };

/** A subscription as server-sent events, without tRPC's pings; leave the loop to end it. */
export async function* subscribe(cookie: string, path: string, input?: unknown): AsyncGenerator<ServerSentEvent> {
  const request = new Request(`${testOrigin}/api/trpc/${path}${inputParameter(input)}`, { headers: { cookie } });
  const response = await handleApiRequest(request);
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const blocks = text.split(/\n\n+/);
    text = blocks.pop()!;
    yield* blocks.filter((block) => block !== '').map(parseEvent).filter(({ event }) => event !== 'ping');
  }
}

function parseEvent(block: string): ServerSentEvent {
  const fields = new Map(block.split('\n').map((line) => [line.split(': ', 1)[0], line.replace(/^\w+: ?/, '')]));
  const data = fields.get('data') ?? '';
  return { event: fields.get('event') ?? 'message', id: fields.get('id'), data: data === '' ? null : JSON.parse(data) };
}

function inputParameter(input: unknown): string {
  return input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
}
