import { StartedProcess } from '#server/testing/started-process';
import type { RacePoint } from '#server/runs/race-points';
import type { Notice, NumberedOrder, Order } from './orders.ts';
import { within } from './within.ts';

export type ProcessOptions = {
  /** its way to the database is the fault proxy */
  throughProxy?: boolean;
  /** further variables of its environment */
  env?: Record<string, string>;
  /** its clock is off by so much */
  clockShiftMs?: number;
  /** "after-claim:2": it dies at the second passing of that race point */
  killAt?: string;
};

export type ProcessPlan = { kind: 'web' | 'worker'; options: ProcessOptions; variables: Record<string, string> };

const orderPatienceMs = 5_000;

/** A web or worker process that the kit has started, may order about, and expects to live unless it says otherwise. */
export class ChaosProcess extends StartedProcess {
  readonly plan: ProcessPlan;
  #mayEnd: boolean;
  #orders = 0;
  readonly #waiting = new Map<number, () => void>();
  #frozen = Promise.withResolvers<void>();

  constructor(plan: ProcessPlan) {
    const { clockShiftMs, killAt, env } = plan.options;
    super(`chaos/${plan.kind}-main.ts`, {
      ...plan.variables,
      ...env,
      ...(clockShiftMs !== undefined && { CHAOS_CLOCK_SHIFT_MS: String(clockShiftMs) }),
      ...(killAt !== undefined && { CHAOS_KILL_AT: killAt }),
    });
    this.plan = plan;
    this.#mayEnd = killAt !== undefined;
    this.onMessage((message) => {
      const notice = message as Notice;
      if ('frozenAt' in notice) return this.#frozen.resolve();
      this.#waiting.get(notice.acknowledged)?.();
      this.#waiting.delete(notice.acknowledged);
    });
  }

  get name(): string {
    return `${this.plan.kind} ${this.pid}`;
  }

  /** A web process's address. */
  get origin(): string {
    return `http://localhost:${this.plan.variables.PORT}`;
  }

  /** It is gone, and nobody has asked for that. */
  get hasFallen(): boolean {
    return !this.alive && !this.#mayEnd;
  }

  async untilReady(): Promise<void> {
    const said = this.plan.kind === 'web' ? 'web is listening' : 'worker ready';
    await within(30_000, `${this.name} to be ready`, this.untilSaid(said));
  }

  /** It may end by itself from now on. */
  expectEnd(): void {
    this.#mayEnd = true;
  }

  override signal(signal: NodeJS.Signals): void {
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') this.expectEnd();
    super.signal(signal);
  }

  /** At the n-th passing of the point from now on: die as by kill -9, or stand still as by SIGSTOP. */
  async arm(point: RacePoint, how: { passing?: number; action?: 'kill' | 'freeze' } = {}): Promise<void> {
    const { passing = 1, action = 'kill' } = how;
    if (action === 'kill') this.expectEnd();
    this.#frozen = Promise.withResolvers<void>();
    await this.#order({ kind: 'arm', point, passing, action });
  }

  /** Resolves when it stands still at the race point that it was armed for with `freeze`. @throws after `ms` */
  async untilFrozen(ms = 15_000): Promise<void> {
    await within(ms, `${this.name} to stand still`, this.#frozen.promise);
  }

  /** Take the arming back; too late when the point was passed meanwhile. */
  async disarm(): Promise<void> {
    await Promise.race([this.#order({ kind: 'disarm' }), this.ended]);
  }

  /** Its event loop stands still. Resolves when that begins. */
  async block(ms: number): Promise<void> {
    await this.#order({ kind: 'block', ms });
  }

  async #order(order: Order): Promise<void> {
    const number = ++this.#orders;
    const obeyed = new Promise<void>((resolve) => this.#waiting.set(number, resolve));
    const numbered: NumberedOrder = { number, order };
    this.send(numbered);
    await within(orderPatienceMs, `${this.name} to obey "${order.kind}"`, obeyed);
  }
}
