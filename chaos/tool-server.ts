import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createGates } from '#server/testing/gates';
import { instant } from '#server/testing/model-answer';
import type { ToolReport } from './recording-tools.ts';
import { within } from './within.ts';

/** One start of a tool, as the outside world saw it. Instants are ms since 1970, null while it goes on. */
export type ToolStart = ToolReport & {
  runId: string;
  startedAt: number;
  endedAt: number | null;
  /** its process went away, or gave it up */
  abortedAt: number | null;
};

/** Where the recording tools of all workers do their work. */
export class ToolServer {
  readonly starts: ToolStart[] = [];
  readonly #gates = createGates();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #server = createServer((request, response) => {
    this.#work(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<ToolServer> {
    const server = new ToolServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  startsOf(runId: string): ToolStart[] {
    return this.starts.filter((start) => start.runId === runId);
  }

  /** Let so many starts through a gate. */
  release(gate: string, count = 1): void {
    this.#gates.release(gate, count);
  }

  /** The first start for which this holds, as soon as it does. @throws after `ms` */
  until(condition: (start: ToolStart) => boolean, what: string, ms = 20_000): Promise<ToolStart> {
    const found = Promise.withResolvers<ToolStart>();
    const look = () => {
      const start = this.starts.find(condition);
      if (start) found.resolve(start);
    };
    this.#changes.on('change', look);
    look();
    return within(ms, what, found.promise).finally(() => this.#changes.off('change', look));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #work(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const report = JSON.parse(await text(request)) as ToolReport;
    const runId = report.idempotencyKey.split('.')[0]!;
    const start: ToolStart = { ...report, runId, startedAt: instant(), endedAt: null, abortedAt: null };
    const gone = new AbortController();
    response.once('close', () => {
      if (response.writableFinished) start.endedAt = instant();
      else start.abortedAt = instant();
      gone.abort();
      this.#changes.emit('change');
    });
    const number = this.starts.push(start);
    this.#changes.emit('change');
    if (report.gate !== undefined) await this.#gates.pass(report.gate, gone.signal);
    if (report.takeMs !== undefined) await pause(report.takeMs, undefined, gone);
    response.end(JSON.stringify({ start: number }));
  }
}
