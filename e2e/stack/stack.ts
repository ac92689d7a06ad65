import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { copyTemplate, type TestDatabase } from '#server/testing/template-copy';
import { findFreePort } from '../../scripts/port.js';
import { clusterVariable } from './cluster-variable.ts';
import { StackProcess } from './stack-process.ts';

/** Everything a browser test runs against: database, scripted provider, web, workers. */
export class Stack {
  readonly url: string;
  readonly model: ModelServer;
  readonly #database: TestDatabase;
  readonly #variables: Record<string, string>;
  #web: StackProcess | null = null;
  #workers: StackProcess[] = [];
  #questions = 0;

  private constructor(parts: { port: number; model: ModelServer; database: TestDatabase }, settings: Settings) {
    this.url = `http://localhost:${parts.port}`;
    this.model = parts.model;
    this.#database = parts.database;
    this.#variables = {
      PORT: String(parts.port),
      DATABASE_URL: parts.database.url,
      AUTH_SECRET: 'for browser tests only, and long enough',
      OPENAI_COMPATIBLE_BASE_URL: parts.model.url,
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
    const stack = new Stack({ port, model, database }, settings);
    await stack.restore();
    return stack;
  }

  get workers(): readonly StackProcess[] {
    return this.#workers;
  }

  async startWeb(): Promise<void> {
    this.#web = new StackProcess('server/web-main.ts', this.#variables);
    await this.#web.untilSaid('web is listening');
  }

  async startWorker(): Promise<void> {
    const worker = new StackProcess('server/worker-main.ts', this.#variables);
    this.#workers.push(worker);
    await worker.untilSaid('worker ready');
  }

  async killWeb(): Promise<void> {
    await this.#web?.kill();
    this.#web = null;
  }

  async killWorker(worker: StackProcess): Promise<void> {
    await worker.kill();
    this.#workers = this.#workers.filter((each) => each !== worker);
  }

  /** The worker that claims the run, once one has. */
  ownerOf(runId: string): Promise<StackProcess> {
    const claims = this.#workers.map(async (worker) => {
      await worker.log.until((line) => line.msg === 'run claimed' && line.runId === runId);
      return worker;
    });
    return Promise.race(claims);
  }

  /** A text that no other question of this stack has, so that the provider's requests can be told apart. */
  nameQuestion(): string {
    this.#questions += 1;
    return `Question-${this.#questions}`;
  }

  /** The web process and one worker alive, whatever a test has done to them. */
  async restore(): Promise<void> {
    const [first, ...others] = this.#workers;
    await Promise.all(others.map((worker) => this.killWorker(worker)));
    await Promise.all([this.#web ? null : this.startWeb(), first ? null : this.startWorker()]);
  }

  /** Those that were not killed. */
  get processes(): StackProcess[] {
    return [...(this.#web ? [this.#web] : []), ...this.#workers];
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.kill()));
    await this.model.close();
    await this.#database.drop();
  }
}

export type Settings = Record<string, string>;
