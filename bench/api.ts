/** The public API as a client outside of the browser speaks it. */
import { createTRPCClient, createWSClient, httpLink, type TRPCClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { RunEvent } from '#domain/run-event';
import type { AppRouter } from '#server/trpc/router';
import { readEventStream } from './event-stream.ts';

export type Api = {
  origin: string;
  cookie: string;
  /** queries and mutations, one HTTP request each */
  call: TRPCClient<AppRouter>;
};

export type Following = { close(): void };
type Hear = (event: RunEvent) => void;

/** Sign in as a new guest. */
export async function signIn(origin: string): Promise<Api> {
  const response = await fetch(`${origin}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: '{}',
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const call = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${origin}/api/trpc`, headers: { cookie, 'x-holdfast': '1' } })],
  });
  return { origin, cookie, call };
}

/** run.follow over a WebSocket of its own, as a tab has one. */
export function followBySocket({ origin, cookie }: Api, chatId: string, hear: Hear): Following {
  class SignedInWebSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin } });
    }
  }
  const socket = createWSClient({
    url: `${origin.replace(/^http/, 'ws')}/api/trpc`,
    WebSocket: SignedInWebSocket as never,
  });
  const { run } = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  const onError = (error: unknown) => {
    throw error;
  };
  run.follow.subscribe({ chatId }, { onData: ({ data }) => hear(data as RunEvent), onError });
  return { close: () => void socket.close() };
}

/** run.follow as server-sent events. */
export function followByEvents({ origin, cookie }: Api, chatId: string, hear: Hear): Following {
  const ending = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ chatId }));
  const listen = async () => {
    const response = await fetch(`${origin}/api/trpc/run.follow?input=${input}`, {
      headers: { cookie, accept: 'text/event-stream', 'accept-encoding': 'identity' },
      signal: ending.signal,
    });
    for await (const event of readEventStream<RunEvent>(response)) hear(event);
  };
  listen().catch((error: unknown) => {
    if (!ending.signal.aborted) throw error;
  });
  return { close: () => ending.abort() };
}
