/** The public API as a client outside of the browser speaks it. */
import { createTRPCClient, createWSClient, httpLink, type TRPCClient, TRPCClientError, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { RunEvent } from '#domain/run-event';
import type { AppRouter } from '#server/trpc/router';
import { EventStreamRefusal, readEventStream } from './event-stream.ts';

export type Api = {
  origin: string;
  cookie: string;
  /** queries and mutations, one HTTP request each */
  call: TRPCClient<AppRouter>;
};

/** Sign in as a new guest. */
export async function signIn(origin: string): Promise<Api> {
  const response = await fetch(`${origin}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: '{}',
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return createApi(origin, cookie);
}

/** The API at this web process, for whoever has this cookie. */
export function createApi(origin: string, cookie: string): Api {
  const call = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${origin}/api/trpc`, headers: { cookie, 'x-holdfast': '1' } })],
  });
  return { origin, cookie, call };
}

/** Why the server refused a call or a stream (`error.data.reason`); null when no answer of it came back. */
export function refusalOf(error: unknown): string | null {
  const data = error instanceof TRPCClientError ? error.data : error instanceof EventStreamRefusal ? shapeOf(error) : null;
  return (data as { reason?: string } | null)?.reason ?? null;
}

function shapeOf({ answer }: EventStreamRefusal): unknown {
  const shape = answer as { error?: { data?: unknown }; data?: unknown } | null;
  return shape?.error?.data ?? shape?.data ?? null;
}

export type Following = { close(): void };
export type FollowInput = {
  chatId: string;
  /** go on after this event */
  lastEventId?: string | undefined;
  /** the stream has ended and does not come back by itself: why, or null; without it, an error is thrown at large */
  onEnd?: (error: unknown) => void;
  /** a WebSocket's connection broke and is being made anew */
  onReconnect?: () => void;
};
/** Hears an event and the cursor after it. */
type Hear = (event: RunEvent, id: string) => void;

/** run.follow over a WebSocket of its own, as a tab has one; a broken connection is made anew and goes on by its cursor. */
export function followBySocket({ origin, cookie }: Api, input: FollowInput, hear: Hear): Following {
  const { chatId, lastEventId, onReconnect, onEnd = throwAtLarge } = input;
  class SignedInWebSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin } });
    }
  }
  const socket = createWSClient({
    url: `${origin.replace(/^http/, 'ws')}/api/trpc`,
    WebSocket: SignedInWebSocket as never,
    keepAlive: { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 },
    retryDelayMs: (failures) => Math.min(1_000, 100 * 2 ** failures),
    ...(onReconnect && { onClose: onReconnect }),
  });
  const { run } = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  const subscription = run.follow.subscribe(
    { chatId, lastEventId },
    { onData: ({ id, data }) => hear(data as RunEvent, id), onError: onEnd, onComplete: () => onEnd(null) },
  );
  return {
    close() {
      subscription.unsubscribe();
      void socket.close();
    },
  };
}

/** run.follow as server-sent events, one connection. */
export function followByEvents({ origin, cookie }: Api, followed: FollowInput, hear: Hear): Following {
  const { chatId, lastEventId, onEnd = throwAtLarge } = followed;
  const ending = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ chatId, lastEventId }));
  const listen = async () => {
    const response = await fetch(`${origin}/api/trpc/run.follow?input=${input}`, {
      headers: { cookie, accept: 'text/event-stream', 'accept-encoding': 'identity' },
      signal: ending.signal,
    });
    for await (const { id, data } of readEventStream<RunEvent>(response)) hear(data, id!);
  };
  const tell = (error: unknown) => ending.signal.aborted || onEnd(error);
  listen().then(() => tell(null), tell);
  return { close: () => ending.abort() };
}

function throwAtLarge(error: unknown): void {
  if (error === null) return;
  queueMicrotask(() => {
    throw error;
  });
}
