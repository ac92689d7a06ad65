import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { createRequestGate, type GatedRequest, settleForwarding } from './request-gate.ts';

const least = { DATABASE_URL: 'postgresql://localhost/holdfast' };
const local = createRequestGate(readEnv(least));
const request = (given: Partial<GatedRequest>): GatedRequest => ({
  method: 'GET',
  url: '/api/trpc/chat.list',
  isUpgrade: false,
  ...given,
  headers: { host: 'localhost:3000', ...given.headers },
});

describe('createRequestGate', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000'])('knows itself as %s', (host) => {
    expect(local(request({ headers: { host } }))).toBeNull();
  });

  it.each(['evil.example', 'localhost', 'localhost:3001', ''])('refuses the name %s', (host) => {
    expect(local(request({ headers: { host } }))).toMatchObject({ status: 403 });
  });

  it('goes by PUBLIC_URL alone where it is set', () => {
    const published = createRequestGate(readEnv({ ...least, PUBLIC_URL: 'https://chat.example.com' }));
    expect(published(request({ headers: { host: 'chat.example.com' } }))).toBeNull();
    expect(published(request({ headers: { host: 'localhost:3000' } }))).toMatchObject({ status: 403 });
  });

  it('answers health probes under any name', () => {
    expect(local(request({ url: '/api/health', headers: { host: '10.0.0.7:3000' } }))).toBeNull();
    expect(local(request({ url: '/api/health/live', headers: { host: '10.0.0.7:3000' } }))).toBeNull();
    expect(local(request({ url: '/api/health/x', headers: { host: '10.0.0.7:3000' } }))).toMatchObject({ status: 403 });
  });

  it.each([
    ['a mutation', { method: 'POST' }],
    ['a WebSocket', { isUpgrade: true }],
  ])('takes %s from our own pages and from programs, not from other pages', (_, kind) => {
    expect(local(request(kind))).toBeNull();
    expect(local(request({ ...kind, headers: { origin: 'http://localhost:3000' } }))).toBeNull();
    for (const origin of ['https://evil.example', 'null', 'http://localhost:3001', 'https://localhost:3000']) {
      expect(local(request({ ...kind, headers: { origin } }))).toMatchObject({ status: 403 });
    }
  });

  it('takes no body that is too large or hides its size', () => {
    const post = (headers: IncomingHttpHeaders) => local(request({ method: 'POST', headers }));
    expect(post({ 'content-length': '4194304' })).toBeNull();
    expect(post({ 'content-length': '4194305' })).toMatchObject({ status: 413 });
    const file = (size: number) =>
      local(request({ method: 'POST', url: '/api/files?name=a', headers: { 'content-length': String(size) } }));
    expect(file(10_485_760)).toBeNull();
    expect(file(10_485_761)).toMatchObject({ status: 413, reason: 'FILE_TOO_LARGE' });
    expect(post({ 'transfer-encoding': 'chunked' })).toMatchObject({ status: 411 });
  });
});

describe('settleForwarding', () => {
  const sent = (): IncomingHttpHeaders => ({
    host: 'inner:3000',
    'x-forwarded-host': 'chat.example.com',
    'x-forwarded-for': '6.6.6.6, 203.0.113.9',
    'x-holdfast-address': '6.6.6.6',
  });

  it('believes only the connection without a trusted proxy', () => {
    const headers = sent();
    settleForwarding(headers, { trustProxy: false, remoteAddress: '203.0.113.5' });
    expect(headers).toEqual({ host: 'inner:3000', 'x-holdfast-address': '203.0.113.5' });
  });

  it('believes what the trusted proxy itself added', () => {
    const headers = sent();
    settleForwarding(headers, { trustProxy: true, remoteAddress: '10.0.0.1' });
    expect(headers).toMatchObject({ host: 'chat.example.com', 'x-holdfast-address': '203.0.113.9' });
  });
});
