/** What the kit orders one of its processes to do, over the IPC channel; each order is acknowledged with its number. */
import { armRacePoint, racePoints, type RacePoint } from '#server/runs/race-points';

export type Order =
  /** at the n-th passing of a race point, counted from now: die as by kill -9, or stand still as by SIGSTOP */
  | { kind: 'arm'; point: RacePoint; passing: number; action: 'kill' | 'freeze' }
  | { kind: 'disarm' }
  /** the event loop stands still */
  | { kind: 'block'; ms: number };

export type NumberedOrder = { number: number; order: Order };
/** What a process tells the kit: an order was heard, or it stands still at a race point from now on. */
export type Notice = { acknowledged: number } | { frozenAt: RacePoint };

/** "after-claim:2": the point and its passing, the first unless told. @throws when there is no such point */
export function readKillAt(text: string): { point: RacePoint; passing: number } {
  const [name, passing = '1'] = text.split(':');
  const point = racePoints.find((each) => each === name);
  if (!point) throw new Error(`CHAOS_KILL_AT: there is no race point "${name}"`);
  return { point, passing: Number(passing) };
}

/** Obey the kit from now on, and what CHAOS_KILL_AT and CHAOS_CLOCK_SHIFT_MS say. */
export function obeyOrders(): void {
  const { CHAOS_KILL_AT, CHAOS_CLOCK_SHIFT_MS } = process.env;
  if (CHAOS_CLOCK_SHIFT_MS) shiftClock(Number(CHAOS_CLOCK_SHIFT_MS));
  if (CHAOS_KILL_AT) arm({ ...readKillAt(CHAOS_KILL_AT), action: 'kill' });
  process.on('message', (message) => {
    const { number, order } = message as NumberedOrder;
    // Said first: a process that stands still says nothing.
    void tell({ acknowledged: number }).then(() => order.kind === 'block' && block(order.ms));
    if (order.kind === 'disarm') disarm();
    if (order.kind === 'arm') arm(order);
  });
}

let disarm: () => void = () => undefined;

function arm({ point, passing, action }: Omit<Extract<Order, { kind: 'arm' }>, 'kind'>): void {
  let passed = 0;
  disarm();
  disarm = armRacePoint(point, async () => {
    passed += 1;
    if (passed !== passing) return;
    if (action === 'kill') process.kill(process.pid, 'SIGKILL');
    await tell({ frozenAt: point });
    process.kill(process.pid, 'SIGSTOP');
  });
}

function tell(notice: Notice): Promise<void> {
  return new Promise((told) => process.send!(notice, () => told()));
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** This process believes that it is later, or earlier, than it is. */
function shiftClock(byMs: number): void {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given: []) {
      if (given.length === 0) super(RealDate.now() + byMs);
      else super(...given);
    }

    static override now(): number {
      return RealDate.now() + byMs;
    }
  } as DateConstructor;
}
