import pg from 'pg';
import { FaultProxy } from '#server/testing/fault-proxy';
import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { StartedProcess } from '#server/testing/started-process';
import { copyTemplate, type TestDatabase } from '#server/testing/template-copy';
import { findFreePort } from '../../scripts/port.js';
import { clusterVariable } from './cluster-variable.ts';

/** Everything a browser test runs against: database, scripted provider, web, workers. */
export class Stack {
  readonly url: string;
  readonly model: ModelServer;
  /** the way of web and workers to the database */
  readonly databaseWay: FaultProxy;
  readonly #database: TestDatabase;
  readonly #variables: Record<string, string>;
  #web: StartedProcess | null = null;
  #workers: StartedProcess[] = [];
  #questions = 0;

  private constructor(parts: StackParts, settings: Settings) {
    this.url = `http://localhost:${parts.port}`;
    this.model = parts.model;
    this.databaseWay = parts.databaseWay;
    this.#database = parts.database;
    this.#variables = {
      PORT: String(parts.port),
      DATABASE_URL: parts.databaseWay.url,
      AUTH_SECRET: 'for browser tests only, and long enough',
      OPENAI_COMPATIBLE_BASE_URL: parts.model.url,
      // Tests count what the model is asked.
      CHAT_TITLES: 'off',
      ...settings,
    };
  }

  /** Start one, with one worker. The settings are further variables of its processes' environment. */
  static async start(settings: Settings): Promise<Stack> {
    const [port, model, database] = await Promise.all([
      findFreePort(),
      startModelServer(),
      copyTemplate(process.env[clusterVariable]!),
    ]);
    const databaseWay = await FaultProxy.start(database.url);
    const stack = new Stack({ port, model, database, databaseWay }, settings);
    await stack.restore();
    return stack;
  }

  get workers(): readonly StartedProcess[] {
    return this.#workers;
  }

  async startWeb(): Promise<void> {
    this.#web = new StartedProcess('server/web-main.ts', this.#variables);
    await this.#web.untilSaid('web is listening');
  }

  async startWorker(): Promise<void> {
    const worker = new StartedProcess('server/worker-main.ts', this.#variables);
    this.#workers.push(worker);
    await worker.untilSaid('worker ready');
  }

  async killWeb(): Promise<void> {
    await this.#web?.kill();
    this.#web = null;
  }

  async killWorker(worker: StartedProcess): Promise<void> {
    await worker.kill();
    this.#workers = this.#workers.filter((each) => each !== worker);
  }

  /** The worker that claims the run, once one has. */
  ownerOf(runId: string): Promise<StartedProcess> {
    const claims = this.#workers.map(async (worker) => {
      await worker.log.until((line) => line.msg === 'run claimed' && line.runId === runId);
      return worker;
    });
    return Promise.race(claims);
  }

  /** Change rows behind the back of everybody, for what is hard to bring about otherwise. */
  async changeRows(sql: string, values: unknown[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.#database.url });
    await client.connect();
    try {
      await client.query(sql, values);
    } finally {
      await client.end();
    }
  }

  /** A text that no other question of this stack has, so that the provider's requests can be told apart. */
  nameQuestion(): string {
    this.#questions += 1;
    return `Question-${this.#questions}`;
  }

  /** The database within reach, the web process and one worker alive, whatever a test has done to them. */
  async restore(): Promise<void> {
    this.databaseWay.heal();
    const [first, ...others] = this.#workers;
    await Promise.all(others.map((worker) => this.killWorker(worker)));
    await Promise.all([this.#web ? null : this.startWeb(), first ? null : this.startWorker()]);
  }

  /** Those that were not killed. */
  get processes(): StartedProcess[] {
    return [...(this.#web ? [this.#web] : []), ...this.#workers];
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.kill()));
    await this.model.close();
    await this.databaseWay.close();
    await this.#database.drop();
  }
}

export type Settings = Record<string, string>;

type StackParts = { port: number; model: ModelServer; database: TestDatabase; databaseWay: FaultProxy };
