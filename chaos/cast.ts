/** The web and worker processes that are on the stage. */
import type { FaultProxy } from '#server/testing/fault-proxy';
import type { ModelProcess } from '#server/testing/model-process';
import { findFreePort } from '../scripts/port.js';
import { ChaosProcess, type ProcessOptions, type ProcessPlan } from './chaos-process.ts';
import type { ChaosDatabase } from './chaos-database.ts';
import type { ToolServer } from './tool-server.ts';

/** The scripted model's id in Holdfast. */
const scriptedModelId = 'openai-compatible:scripted';

/** What the processes need around them. */
export type Surroundings = {
  database: ChaosDatabase;
  /** a way to the database that can break */
  proxy: FaultProxy;
  model: ModelProcess;
  tools: ToolServer;
  authSecret: string;
  /** where processes keep their compiled code, since dozens of them are started */
  compileCache: string;
};

export type CastOptions = {
  webs?: number;
  workers?: number;
  web?: ProcessOptions;
  worker?: ProcessOptions;
};

export class Cast {
  readonly #surroundings: Surroundings;
  #all: ChaosProcess[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get workers(): ChaosProcess[] {
    return this.#all.filter((each) => each.alive && each.plan.kind === 'worker');
  }

  get webs(): ChaosProcess[] {
    return this.#all.filter((each) => each.alive && each.plan.kind === 'web');
  }

  /** Those, too, that are gone. */
  get all(): readonly ChaosProcess[] {
    return this.#all;
  }

  /** So many fresh workers; webs that have the same options go on, since they take longest to start. */
  async setUp({ webs = 1, workers = 2, web = {}, worker = {} }: CastOptions): Promise<void> {
    const kept = this.webs.filter((each) => JSON.stringify(each.plan.options) === JSON.stringify(web)).slice(0, webs);
    await this.#endAllBut(kept);
    this.#all = kept;
    const missingWebs = Array.from({ length: webs - kept.length }, () => this.startWeb(web));
    await Promise.all([...missingWebs, ...Array.from({ length: workers }, () => this.startWorker(worker))]);
  }

  startWorker(options: ProcessOptions = {}): Promise<ChaosProcess> {
    return this.#start({ kind: 'worker', options, variables: this.#variables(options, 1) });
  }

  async startWeb(options: ProcessOptions = {}): Promise<ChaosProcess> {
    return this.#start({ kind: 'web', options, variables: this.#variables(options, await findFreePort()) });
  }

  /** A fresh process in the place of one that is gone: the same options, the same port. */
  revive({ plan }: ChaosProcess): Promise<ChaosProcess> {
    return this.#start(plan);
  }

  async endAll(): Promise<void> {
    await this.#endAllBut([]);
  }

  /** Without an event loop, for the end of this process. */
  killAll(): void {
    for (const each of this.#all) each.signal('SIGKILL');
  }

  async #endAllBut(kept: readonly ChaosProcess[]): Promise<void> {
    await Promise.all(this.#all.filter((each) => each.alive && !kept.includes(each)).map((each) => each.kill()));
  }

  async #start(plan: ProcessPlan): Promise<ChaosProcess> {
    const started = new ChaosProcess(plan);
    this.#all.push(started);
    // One that is to die at a race point may do so on its way.
    await (plan.options.killAt ? Promise.race([started.untilReady(), started.ended]) : started.untilReady());
    return started;
  }

  #variables({ throughProxy = false }: ProcessOptions, port: number): Record<string, string> {
    const { database, proxy, model, tools, authSecret, compileCache } = this.#surroundings;
    return {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: throughProxy ? proxy.url : database.url,
      AUTH_SECRET: authSecret,
      OPENAI_COMPATIBLE_BASE_URL: model.url,
      CHAT_MODELS: scriptedModelId,
      CHAT_TITLES: 'off',
      GUEST_ACCESS: 'on',
      LOG_LEVEL: 'info',
      RUN_LEASE_SECONDS: '3',
      CHAOS_TOOL_URL: tools.url,
      NODE_COMPILE_CACHE: compileCache,
    };
  }
}
