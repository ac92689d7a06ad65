/** How a live connection is kept alive, and how long it may last. */

/** Server-sent events. tRPC sends `client` to the page with the first event. */
export const sseOptions = {
  ping: { enabled: true, intervalMs: 5_000 },
  client: { reconnectAfterInactivityMs: 15_000 },
  /** then the client resumes by cursor, perhaps from another process */
  maxDurationMs: 600_000,
};

/** WebSockets. */
export const socketKeepAlive = { enabled: true, pingMs: 15_000, pongWaitMs: 10_000 };

/** How long a stream may go on after its session has ended. */
export const recheckEveryMs = 30_000;
