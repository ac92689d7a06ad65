/** A way to the database that can break in every way a network does. */
import { once } from 'node:events';
import net from 'node:net';
import { type Direction, ProxiedConnection, type Trap } from './proxied-connection.ts';

type SetTrap = Trap & { pattern: RegExp };

export class FaultProxy {
  /** the connection string that goes through it */
  readonly url: string;
  readonly #server: net.Server;
  readonly #target: URL;
  readonly #open = new Set<ProxiedConnection>();
  #traps: SetTrap[] = [];
  #oneWayMs = 0;
  #refuses = false;

  private constructor(server: net.Server, target: URL) {
    this.#server = server;
    this.#target = target;
    const url = new URL(target);
    url.host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    this.url = url.href;
    server.on('connection', (client) => this.#accept(client));
  }

  /** @param databaseUrl where connections go; the server there may come and go */
  static async start(databaseUrl: string): Promise<FaultProxy> {
    const server = net.createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, new URL(databaseUrl));
  }

  /** The open connections, of one application_name or all. */
  connections(applicationName?: string): ProxiedConnection[] {
    return [...this.#open].filter((each) => applicationName === undefined || each.applicationName === applicationName);
  }

  /** Lengthen every round trip by so many milliseconds. */
  delay(roundTripMs: number): void {
    this.#oneWayMs = roundTripMs / 2;
  }

  /** Reset every connection. */
  cutAll(): void {
    for (const connection of this.#open) connection.cut();
  }

  /** Reset new connections at once, as when nobody listens; or let them in again. */
  refuse(refuses: boolean): void {
    this.#refuses = refuses;
  }

  /** The connections of this moment go half open; new ones work. */
  silence(directions?: readonly Direction[]): void {
    for (const connection of this.#open) connection.silence(directions);
  }

  /** Everything as it should be; what was silent is reset. */
  heal(): void {
    this.#oneWayMs = 0;
    this.#refuses = false;
    this.#traps = [];
    for (const connection of this.#open) if (connection.isSilent) connection.cut();
  }

  /**
   * Once: let a message through that matches (a statement's text or its prepared name), and reset its connection when
   * the database has done it, before the answer is back. Resolves when that has happened.
   */
  resetAfter(pattern: RegExp): Promise<void> {
    return this.#setTrap(pattern, 'after');
  }

  /** Once: reset the connection of a message that matches, before the database has seen it. Resolves then. */
  resetBefore(pattern: RegExp): Promise<void> {
    return this.#setTrap(pattern, 'before');
  }

  async close(): Promise<void> {
    this.#server.close();
    const closed = [...this.#open].map((connection) => connection.closed);
    this.cutAll();
    await Promise.all(closed);
  }

  #setTrap(pattern: RegExp, when: Trap['when']): Promise<void> {
    return new Promise((struck) => this.#traps.push({ pattern, when, struck }));
  }

  #judge(bytes: Buffer): Trap | null {
    if (this.#traps.length === 0) return null;
    const text = bytes.toString('latin1');
    const trap = this.#traps.find(({ pattern }) => pattern.test(text)) ?? null;
    this.#traps = this.#traps.filter((each) => each !== trap);
    return trap;
  }

  #accept(client: net.Socket): void {
    if (this.#refuses) {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const database = net.connect(Number(this.#target.port), this.#target.hostname);
    const conditions = { delayMs: () => this.#oneWayMs, judge: (bytes: Buffer) => this.#judge(bytes) };
    const connection = new ProxiedConnection({ client, database }, conditions);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
  }
}
