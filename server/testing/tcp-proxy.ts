import net from 'node:net';
import { onTestFinished } from 'vitest';

export type TcpProxy = {
  /** the connection string that goes through it */
  url: string;
  /** From now on the connections of this moment swallow every byte, and neither end is told. */
  silence(): void;
};

/** A way to the database that can go half open, as a cut cable does; gone when the test ends. */
export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  const silenced = new WeakSet<net.Socket>();
  const forward = (from: net.Socket, to: net.Socket) => {
    sockets.add(from);
    from.on('error', () => undefined);
    from.on('data', (bytes) => void (silenced.has(from) || to.write(bytes)));
    from.on('close', () => void (silenced.has(from) || to.destroy()));
  };
  const server = net.createServer((client) => {
    const database = net.connect(Number(target.port), target.hostname);
    forward(client, database);
    forward(database, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  return { url: url.href, silence: () => sockets.forEach((socket) => silenced.add(socket)) };
}
