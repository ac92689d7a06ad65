/**
 * `fetch` for one answer. It looks at a provider's event stream where the bytes come from the socket, before `fetch` makes
 * a web stream of them: words that go ahead meet no stream at all (docs/decisions/0014-words-ahead-of-the-sdk.md).
 */
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch as fetchThrough, type RequestInit as Init } from 'undici';
import type { DeltaLane, LaneCall } from './delta-lane.ts';
import { createDiversion } from './lane-diversion.ts';

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;

/** How long a provider may be silent is for the run's own clocks to say; Stop ends a connection, not one of many streams in it. */
const connectionOptions = { headersTimeout: 0, bodyTimeout: 0, allowH2: false };

/** Goes through a proxy when Node's own `fetch` would, and as that does. */
const nodeOptions = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')];
const usesProxy = process.env.NODE_USE_ENV_PROXY === '1' || nodeOptions.includes('--use-env-proxy');
const connections = usesProxy
  ? new EnvHttpProxyAgent({ ...connectionOptions, proxyTunnel: true })
  : new Agent(connectionOptions);

/** `fetch` for one answer's model calls. */
export function createLaneFetch(lane: DeltaLane): typeof fetch {
  return async (input, init) => {
    const call = lane.begin();
    const dispatcher = connections.compose((dispatch) => (options, handler) => dispatch(options, divert(handler, call)));
    const headers = new Headers(init?.headers);
    // Compressed words would have to go the long way.
    headers.set('accept-encoding', 'identity');
    const asked = { ...(init as Init | undefined), headers: [...headers] as [string, string][], dispatcher };
    const response = await fetchThrough(input as string | URL, asked);
    // The same classes by other names: Node's types are made from an older line of this package.
    return response as unknown as Response;
  };
}

/** Between the socket and `fetch`. What is compressed, refused or no event stream passes as it is. */
function divert(handler: Handler, call: LaneCall): Handler {
  const diversion = createDiversion(call);
  let diverts = false;
  const handOn = (controller: Controller, text: string) => {
    if (text !== '') handler.onResponseData?.(controller, Buffer.from(text));
  };
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStarted: () => handler.onResponseStarted?.(),
    onResponseStart(...start) {
      const [, status, headers] = start;
      const isStream = String(headers['content-type']).startsWith('text/event-stream');
      diverts = status === 200 && isStream && headers['content-encoding'] === undefined;
      handler.onResponseStart?.(...start);
    },
    onResponseData(controller, bytes) {
      if (diverts) handOn(controller, diversion.feed(bytes));
      else handler.onResponseData?.(controller, bytes);
    },
    onResponseEnd(controller, trailers) {
      if (diverts) handOn(controller, diversion.end());
      handler.onResponseEnd?.(controller, trailers);
    },
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  };
}
