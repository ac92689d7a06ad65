import type { TerminalRunStatus } from '#domain/run-status';
import { eventually } from '#server/testing/eventually';
import { instant } from '#server/testing/model-answer';
import type { ModelProcess } from '#server/testing/model-process';
import type { FaultProxy } from '#server/testing/fault-proxy';
import { summarise } from '#server/testing/quantiles';
import { createRandom, type Random } from '#server/testing/seeded-random';
import type { Cast, CastOptions } from './cast.ts';
import type { ChaosDatabase } from './chaos-database.ts';
import type { FollowHow } from './chaos-follower.ts';
import type { ChaosProcess, ProcessOptions } from './chaos-process.ts';
import { Guest } from './guest.ts';
import type { Installation } from './installation.ts';
import type { ToolServer } from './tool-server.ts';
import { createTurn, type Turn } from './turn.ts';

export type Performance = {
  /** of the scenario */
  id: string;
  form: 'short' | 'long';
  seed: number;
};

export type OpenChat = Pick<Turn, 'guest' | 'chatId' | 'follower'>;

/** How much slower than on paper a measurement may be in the short form: it runs on machines that are busy. */
const shortFormTolerance = 3;

/** Where one scenario plays: the processes, everything around them, and the people. */
export class Stage {
  readonly form: 'short' | 'long';
  readonly database: ChaosDatabase;
  /** in front of the database; only processes that were started with `throughProxy` go through it */
  readonly proxy: FaultProxy;
  readonly model: ModelProcess;
  readonly tools: ToolServer;
  /** whole numbers from `least` to `most`, by the seed and the scenario's id */
  readonly random: Random;
  readonly guests: Guest[] = [];
  readonly turns: Turn[] = [];
  /** what did not hold so far */
  readonly failures: string[] = [];
  /** errors in the processes' logs that this fault is known to cause */
  readonly expectedErrors: RegExp[] = [];
  readonly #id: string;
  readonly #cast: Cast;
  #questions = 0;

  constructor({ database, proxy, model, tools, cast }: Installation, { id, form, seed }: Performance) {
    this.form = form;
    this.database = database;
    this.proxy = proxy;
    this.model = model;
    this.tools = tools;
    this.random = createRandom(seed + Number(id.slice(1)) * 1_000_003);
    this.#id = id;
    this.#cast = cast;
  }

  /** One of two, by the form. */
  pick<T>(short: T, long: T): T {
    return this.form === 'short' ? short : long;
  }

  say(text: string): void {
    console.log(`  ${this.#id}: ${text}`);
  }

  /** A condition did not hold; the scenario goes on. */
  fail(text: string): void {
    this.failures.push(text);
  }

  /** @param paperMs what the reliability table promises; the short form grants three times as much */
  expectAtMost(what: string, valueMs: number, paperMs: number): void {
    const limitMs = paperMs * this.pick(shortFormTolerance, 1);
    if (valueMs > limitMs) this.fail(`${what}: ${valueMs.toFixed(0)} ms, at most ${limitMs} ms are allowed`);
  }

  /** As expectAtMost, for the value that one in twenty exceeds; without values it fails. */
  expectP95(what: string, valuesMs: readonly number[], paperMs: number): void {
    if (valuesMs.length === 0) this.fail(`${what}: nothing was measured`);
    else this.expectAtMost(`${what} (p95)`, summarise(valuesMs).p95, paperMs);
  }

  /** Wait until these are over; each must have ended so. @throws when one does not end within a minute */
  async expectEnd(turns: readonly Turn[], status: TerminalRunStatus): Promise<void> {
    for (const turn of turns) {
      const run = await turn.ended(60_000);
      if (run.status !== status) this.fail(`${run.id} ended as ${run.status} (${run.error?.code ?? 'no error'})`);
    }
  }

  /** Errors that this fault makes the processes log on purpose. */
  expectErrors(...patterns: RegExp[]): void {
    this.expectedErrors.push(...patterns);
  }

  get workers(): ChaosProcess[] {
    return this.#cast.workers;
  }

  get webs(): ChaosProcess[] {
    return this.#cast.webs;
  }

  /** The first call of every scenario: fresh workers, and webs that have these options; the proxy is whole. */
  async setUp(options: CastOptions = {}): Promise<void> {
    this.proxy.heal();
    await this.#cast.setUp(options);
  }

  startWorker(options?: ProcessOptions): Promise<ChaosProcess> {
    return this.#cast.startWorker(options);
  }

  startWeb(options?: ProcessOptions): Promise<ChaosProcess> {
    return this.#cast.startWeb(options);
  }

  /** A fresh process in the place of one that is gone: the same options, a web also the same port. */
  revive(gone: ChaosProcess): Promise<ChaosProcess> {
    return this.#cast.revive(gone);
  }

  /** The living worker that holds the run, once one does. @throws after ten seconds */
  ownerOf(runId: string): Promise<ChaosProcess> {
    return eventually(`an owner of the run ${runId}`, async () => {
      const { rows } = await this.database.pool.query<{ pid: number }>(
        `SELECT worker.pid FROM run JOIN worker ON worker.id = run.worker_id WHERE run.id = $1`,
        [runId],
      );
      return this.workers.find(({ pid }) => pid === rows[0]?.pid);
    });
  }

  /** A new guest, with pages of that web process. */
  async signIn(webIndex = 0): Promise<Guest> {
    const guest = await Guest.arrive(this.webs[webIndex]!.origin);
    this.guests.push(guest);
    return guest;
  }

  /** A text that no other question has; the directives are those of the scripted model. */
  question(directives: string): string {
    this.#questions += 1;
    return `${this.#id}-${this.#questions} of ${process.pid} [[${directives}]]`;
  }

  /** Open a chat, follow it, ask. */
  async ask(guest: Guest, directives: string, how: FollowHow = {}): Promise<Turn> {
    return this.send(await this.open(guest, how), directives);
  }

  /** A new chat, and its follower once it is there. */
  async open(guest: Guest, how: FollowHow = {}): Promise<OpenChat> {
    const chatId = await guest.createChat();
    const follower = guest.follow(chatId, how);
    await follower.until((event) => event.type === 'run', 'the beginning of a stream');
    return { guest, chatId, follower };
  }

  /** Ask in a chat that is open. */
  async send(chat: OpenChat, directives: string): Promise<Turn> {
    const question = this.question(directives);
    const startedAt = instant();
    const { id: runId } = await chat.guest.start(chat.chatId, question);
    const turn = createTurn({ ...chat, runId, question, startedAt });
    this.turns.push(turn);
    return turn;
  }

  /** So many turns at once, each by the same guest in a chat of its own; every second one over server-sent events. */
  askMany(guest: Guest, count: number, directives: string): Promise<Turn[]> {
    const kinds = ['socket', 'events'] as const;
    return Promise.all(Array.from({ length: count }, (_, i) => this.ask(guest, directives, { by: kinds[i % 2]! })));
  }
}
