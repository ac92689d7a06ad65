import { once } from 'node:events';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';

const startUp = (applicationName: string) => {
  const words = Buffer.from(`user\0me\0application_name\0${applicationName}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + words.length, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, words]);
};

/** Answers every message with itself and "ready for query", as far as a proxy can tell. */
const answerTo = (message: string) => `${message}Z\0\0\0\u0005I`;

let server: net.Server;
let proxy: FaultProxy;
const seen: string[] = [];

beforeEach(async () => {
  seen.length = 0;
  server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      seen.push(bytes.toString());
      server.emit('seen');
      socket.write(answerTo(bytes.toString()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.start(`postgresql://me@127.0.0.1:${(server.address() as net.AddressInfo).port}/db`);
});

afterEach(async () => {
  await proxy.close();
  server.close();
});

async function connect(): Promise<net.Socket> {
  const socket = net.connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: net.Socket, message: string | Buffer): Promise<string> {
  socket.write(message);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString();
}

/** Not `once`: that rejects at an error, which comes before. */
const closeOf = (socket: net.Socket) => new Promise((closed) => socket.once('close', closed));

/** All that the server has seen, in its order, is this. */
async function untilSeen(text: string): Promise<void> {
  while (seen.join('').length < text.length) await once(server, 'seen');
  expect(seen.join('')).toBe(text);
}

describe('FaultProxy', () => {
  it('passes bytes both ways and names connections by their start-up message', async () => {
    const socket = await connect();
    await ask(socket, startUp('holdfast hints'));
    expect(await ask(socket, 'SELECT 1')).toBe(answerTo('SELECT 1'));
    expect(proxy.connections('holdfast hints')).toHaveLength(1);
    expect(proxy.connections('holdfast')).toHaveLength(0);
  });

  it('keeps the order of what it delays', async () => {
    const socket = await connect();
    const words = Array.from({ length: 50 }, (_, i) => `${i} `).join('');
    for (const [i, word] of words.match(/\d+ /g)!.entries()) {
      proxy.delay(i % 3);
      socket.write(word);
      await new Promise(setImmediate);
    }
    await untilSeen(words);
  });

  it('swallows what open connections say once they are silent, and lets new ones through', async () => {
    const socket = await connect();
    await ask(socket, 'before ');
    proxy.silence();
    socket.write('after ');
    expect(await ask(await connect(), 'new ')).toBe(answerTo('new '));
    expect(seen).toEqual(['before ', 'new ']);
    expect(socket.destroyed).toBe(false);
    const closed = closeOf(socket);
    proxy.heal();
    await closed;
  });

  it('silences one direction', async () => {
    const socket = await connect();
    await ask(socket, 'before ');
    proxy.silence(['toClient']);
    const heard: string[] = [];
    socket.on('data', (bytes) => heard.push(bytes.toString()));
    socket.write('after ');
    await untilSeen('before after ');
    await ask(await connect(), 'new ');
    expect(heard).toEqual([]);
  });

  it('refuses new connections until it lets them in again', async () => {
    proxy.refuse(true);
    const refused = net.connect(Number(new URL(proxy.url).port), '127.0.0.1');
    refused.on('error', () => undefined);
    await closeOf(refused);
    proxy.refuse(false);
    expect(await ask(await connect(), 'hello')).toBe(answerTo('hello'));
  });

  it('resets a connection before the database has seen the message', async () => {
    const socket = await connect();
    const struck = proxy.resetBefore(/COMMIT/);
    const closed = closeOf(socket);
    socket.write('COMMIT');
    await Promise.all([struck, closed]);
    expect(seen).toEqual([]);
  });

  it('resets a connection when the database has done it and before the answer is back, once', async () => {
    const socket = await connect();
    const heard: string[] = [];
    socket.on('data', (bytes) => heard.push(bytes.toString()));
    const struck = proxy.resetAfter(/COMMIT/);
    const closed = closeOf(socket);
    socket.write('COMMIT');
    await Promise.all([struck, closed]);
    expect({ seen, heard }).toEqual({ seen: ['COMMIT'], heard: [] });
    expect(await ask(await connect(), 'COMMIT')).toBe(answerTo('COMMIT'));
  });
});
