/**
 * How this tab receives live events. It begins with a WebSocket. Only one that never spoke makes the tab fall back to
 * server-sent events: one that spoke before and broke means the server is away, and that costs nobody the transport.
 */
export type LiveTransport = 'untried' | 'websocket' | 'events';
/** What a WebSocket came to: it delivered a message, or it ended (or stayed mute too long) without one. */
export type SocketReport = 'spoke' | 'mute';

export function nextTransport(current: LiveTransport, report: SocketReport): LiveTransport {
  if (report === 'spoke') return 'websocket';
  return current === 'untried' ? 'events' : current;
}
