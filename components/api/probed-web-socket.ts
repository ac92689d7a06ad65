import type { SocketReport } from './live-transport.ts';

/** A WebSocket that has said nothing by then is given up: some proxies accept the upgrade and swallow what follows. */
const muteAfterMs = 3_000;

/**
 * A WebSocket class whose sockets report, once each, whether anything came through them. A mute one closes itself,
 * so that whoever waits for it to open can go on.
 */
export function createProbedWebSocket(report: (outcome: SocketReport) => void): typeof WebSocket {
  return class ProbedWebSocket extends WebSocket {
    constructor(url: string | URL) {
      try {
        super(url);
      } catch (error) {
        report('mute');
        throw error;
      }
      const ended = new AbortController();
      const settle = (outcome: SocketReport) => {
        if (ended.signal.aborted) return;
        ended.abort();
        clearTimeout(deadline);
        report(outcome);
      };
      const deadline = setTimeout(() => {
        settle('mute');
        this.close();
      }, muteAfterMs);
      this.addEventListener('message', () => settle('spoke'), { signal: ended.signal });
      this.addEventListener('error', () => settle('mute'), { signal: ended.signal });
      this.addEventListener('close', () => settle('mute'), { signal: ended.signal });
    }
  };
}
