import type net from 'node:net';

export type Direction = 'toDatabase' | 'toClient';

/** What the connections of a proxy ask it as bytes come by. */
export type Conditions = {
  /** milliseconds that bytes spend on their way in one direction */
  delayMs(): number;
  /** called with every piece that a client has sent; a trap breaks the connection around it */
  judge(bytes: Buffer): Trap | null;
};

/** Strikes before the database has seen the message that sprang it, or when it has done it and before its answer is back. */
export type Trap = { when: 'before' | 'after'; struck: () => void };

type Lane = { queue: { bytes: Buffer; dueAt: number }[]; timer: NodeJS.Timeout | undefined; silent: boolean };

/** One connection through a proxy: two sockets and what is on its way between them. */
export class ProxiedConnection {
  /** as the client named itself in its first message; empty until then */
  applicationName = '';
  /** neither end hears of the other any more */
  readonly closed: Promise<void>;
  readonly #client: net.Socket;
  readonly #database: net.Socket;
  readonly #conditions: Conditions;
  readonly #lanes: Record<Direction, Lane> = { toDatabase: newLane(), toClient: newLane() };
  #trap: Trap | null = null;

  constructor({ client, database }: { client: net.Socket; database: net.Socket }, conditions: Conditions) {
    this.#client = client;
    this.#database = database;
    this.#conditions = conditions;
    client.setNoDelay(true);
    database.setNoDelay(true);
    for (const socket of [client, database]) socket.on('error', () => undefined);
    client.on('data', (bytes) => this.#hearClient(bytes));
    database.on('data', (bytes) => this.#hearDatabase(bytes));
    client.on('close', () => this.#endsWith('toDatabase'));
    database.on('close', () => this.#endsWith('toClient'));
    this.closed = Promise.all([client, database].map((socket) => new Promise((end) => socket.once('close', end)))).then(
      () => undefined,
    );
  }

  /** From now on it swallows every byte, and neither end is told: half open, as after a cut cable. */
  silence(directions: readonly Direction[] = ['toDatabase', 'toClient']): void {
    for (const direction of directions) this.#lanes[direction].silent = true;
  }

  get isSilent(): boolean {
    return this.#lanes.toDatabase.silent || this.#lanes.toClient.silent;
  }

  /** Reset both ends. */
  cut(): void {
    for (const lane of Object.values(this.#lanes)) clearTimeout(lane.timer);
    // One whose other end is leaving cannot be reset any more, and Node would never call it closed.
    if (this.#client.writableEnded) this.#client.destroy();
    else this.#client.resetAndDestroy();
    this.#database.destroy();
  }

  #hearClient(bytes: Buffer): void {
    this.applicationName ||= readApplicationName(bytes);
    this.#trap ??= this.#conditions.judge(bytes);
    if (this.#trap?.when === 'before') return this.#strike(this.#trap);
    this.#carry('toDatabase', bytes);
  }

  #hearDatabase(bytes: Buffer): void {
    if (!this.#trap) return this.#carry('toClient', bytes);
    // By "ready for query" it is committed, or refused.
    if (bytes.at(-6) === readyForQuery) this.#strike(this.#trap);
  }

  #strike(trap: Trap): void {
    this.cut();
    trap.struck();
  }

  #carry(direction: Direction, bytes: Buffer): void {
    const lane = this.#lanes[direction];
    if (lane.silent) return;
    const delayMs = this.#conditions.delayMs();
    if (delayMs === 0 && lane.queue.length === 0) return void this.#targetOf(direction).write(bytes);
    lane.queue.push({ bytes, dueAt: performance.now() + delayMs });
    if (lane.queue.length === 1) this.#scheduleNext(direction);
  }

  #scheduleNext(direction: Direction): void {
    const lane = this.#lanes[direction];
    const [next] = lane.queue;
    if (!next) return;
    lane.timer = setTimeout(() => {
      lane.queue.shift();
      if (!lane.silent) this.#targetOf(direction).write(next.bytes);
      this.#scheduleNext(direction);
    }, Math.max(0, next.dueAt - performance.now()));
  }

  #targetOf(direction: Direction): net.Socket {
    return direction === 'toDatabase' ? this.#database : this.#client;
  }

  #endsWith(direction: Direction): void {
    if (!this.#lanes[direction].silent) this.#targetOf(direction).destroy();
  }
}

const newLane = (): Lane => ({ queue: [], timer: undefined, silent: false });
const readyForQuery = 'Z'.charCodeAt(0);

/** PostgreSQL's start-up message: a length, the version 3.0, names and values, each ended by a zero. */
function readApplicationName(bytes: Buffer): string {
  if (bytes.length < 9 || bytes.readInt32BE(4) !== 196_608) return '';
  const words = bytes.subarray(8).toString().split('\0');
  const at = words.findIndex((word, index) => index % 2 === 0 && word === 'application_name');
  return at === -1 ? '' : words[at + 1]!;
}
