import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '#server/migrations';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../scripts/embedded-postgres.js';
import { stopOrphanedPostmaster } from '../scripts/postmaster.js';

/** Sweeps take nobody for dead in the first ten seconds of a server's life. */
const sweepGraceMs = 10_000;

/** Server settings, such as `{ max_notify_queue_pages: '64' }`. */
export type ServerSettings = Record<string, string>;

/** A PostgreSQL server of the kit's own, that can be stopped in every way and comes back under the same address. */
export class ChaosDatabase {
  readonly url: string;
  /** the kit's own connections, past every fault */
  readonly pool: pg.Pool;
  readonly #directory: string;
  #server: EmbeddedPostgres | null;

  private constructor(directory: string, server: EmbeddedPostgres) {
    this.#directory = directory;
    this.#server = server;
    this.url = server.url;
    this.pool = new pg.Pool({ connectionString: server.url, max: 4 });
    this.pool.on('error', () => undefined);
  }

  /** @param directory made anew */
  static async create(directory: string): Promise<ChaosDatabase> {
    await stopOrphanedPostmaster(join(directory, 'postgres'));
    rmSync(directory, { recursive: true, force: true });
    const server = await startEmbeddedPostgres(directory);
    await migrate(server.url);
    return new ChaosDatabase(directory, server);
  }

  get running(): boolean {
    return this.#server !== null;
  }

  /** As a power cut for its processes: connections fall, the next start replays the log. */
  async stopImmediately(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.kill();
    await server?.exited;
  }

  /** Fast shutdown: transactions are rolled back, connections are told. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.stop();
  }

  /** Start it again. @throws when it does not come back under its address */
  async start(settings: ServerSettings = {}): Promise<void> {
    if (this.#server) return;
    this.#server = await startEmbeddedPostgres(this.#directory, settings);
    if (this.#server.url !== this.url) throw new Error('the database has moved: somebody took its port');
  }

  /** Stop, and start with these settings. */
  async restart(settings?: ServerSettings): Promise<void> {
    await this.stop();
    await this.start(settings);
  }

  /** Resolves once sweeps declare workers dead. */
  async untilSweepsAct(): Promise<void> {
    const { rows } = await this.pool.query<{ age_ms: number }>(
      'SELECT extract(epoch FROM now() - pg_postmaster_start_time())::float8 * 1000 AS age_ms',
    );
    await pause(Math.max(0, sweepGraceMs - rows[0]!.age_ms));
  }

  /** Without an event loop, for the end of this process. */
  kill(): void {
    this.#server?.kill();
    this.#server = null;
  }

  async close(): Promise<void> {
    await this.pool.end().catch(() => undefined);
    await this.stopImmediately();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
