import { createTRPCClient, createWSClient, httpLink, httpSubscriptionLink, splitLink, wsLink } from '@trpc/client';
import type { TRPCClient, TRPCLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router';
import { liveLink } from './live-link.ts';
import { nextTransport, type LiveTransport } from './live-transport.ts';
import { createObservableValue, type ObservableValue } from './observable-value.ts';
import { createProbedWebSocket } from './probed-web-socket.ts';
import { watchTabPresence } from './tab-presence.ts';

export type ApiClient = TRPCClient<AppRouter>;

const url = '/api/trpc';
const longestRetryMs = 3_000;

/**
 * The page's way to the server: single HTTP requests for queries and mutations (a Stop must not wait for its
 * neighbours in a batch), one WebSocket per tab for everything live.
 */
export function createApiClient(): ApiClient {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: lazyLink(createLiveLink),
        // Cross-site forms cannot send this header.
        false: httpLink({ url, headers: { 'x-holdfast': '1' } }),
      }),
    ],
  });
}

function createLiveLink(): TRPCLink<AppRouter> {
  const transport = createObservableValue<LiveTransport>(typeof WebSocket === 'undefined' ? 'events' : 'untried');
  return liveLink({
    websocket: lazyLink(() => createSocketLink(transport)),
    events: httpSubscriptionLink({ url }),
    transport,
    present: watchTabPresence(),
    retryDelayMs,
  });
}

function createSocketLink(transport: ObservableValue<LiveTransport>): TRPCLink<AppRouter> {
  const client = createWSClient({
    url: () => `${location.origin.replace(/^http/, 'ws')}${url}`,
    WebSocket: createProbedWebSocket((report) => transport.set(nextTransport(transport.get(), report))),
    lazy: { enabled: true, closeMs: 5_000 },
    keepAlive: { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 },
    retryDelayMs,
  });
  transport.subscribe(() => {
    if (transport.get() === 'events') void client.close();
  });
  return wsLink({ client });
}

/** Doubling from 100 ms, with jitter so that the tabs of a restarted server do not come back in step. */
function retryDelayMs(failures: number): number {
  if (failures === 0) return 0;
  return Math.min(longestRetryMs, 100 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}

/** Makes its link at the first use: the server renders this page too, and there is no socket and no document there. */
function lazyLink(create: () => TRPCLink<AppRouter>): TRPCLink<AppRouter> {
  return (runtime) => {
    let link: ReturnType<TRPCLink<AppRouter>> | undefined;
    return (request) => (link ??= create()(runtime))(request);
  };
}
