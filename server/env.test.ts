import { describe, expect, it } from 'vitest';
import { allowedOrigins, readEnv } from './env.ts';

const least = { DATABASE_URL: 'postgresql://me:hunter2@localhost/holdfast' };
const originsOf = (variables: Record<string, string>) =>
  allowedOrigins(readEnv({ ...least, ...variables })).map((url) => url.origin);

describe('readEnv', () => {
  it('knows the defaults, and takes an empty value for none', () => {
    const env = readEnv({ ...least, PORT: '', AUTH_SECRET: ' ' });
    expect(env.AUTH_SECRET).toBeUndefined();
    expect(env).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      CHAT_TITLES: 'on',
      WORKER_CONCURRENCY: 64,
      RUN_LEASE_SECONDS: 15,
      RUN_STEP_TIMEOUT_SECONDS: 900,
      RUN_TOOL_TIMEOUT_SECONDS: 300,
      RUN_TOTAL_TIMEOUT_SECONDS: 3600,
    });
  });

  it('splits CHAT_MODELS, keeping the order', () => {
    expect(readEnv({ ...least, CHAT_MODELS: 'openai:gpt, openai-compatible:llama3:8b,' }).CHAT_MODELS).toEqual([
      'openai:gpt',
      'openai-compatible:llama3:8b',
    ]);
  });

  it.each([
    ['loopback', {}, 'on'],
    ['another address', { HOST: '0.0.0.0' }, 'off'],
    ['a public address before a loopback one', { PUBLIC_URL: 'https://chat.example.com' }, 'off'],
    ['a local PUBLIC_URL', { PUBLIC_URL: 'http://localhost:8080' }, 'on'],
  ])('opens guest access and sign-up only where nobody else can come: %s', (_, variables, expected) => {
    const env = readEnv({ ...least, ...variables });
    expect([env.GUEST_ACCESS, env.SIGN_UP]).toEqual([expected, expected]);
  });

  it('names every wrong variable in one line each, and tells no values', () => {
    const DATABASE_URL = 'mysql://me:hunter2@localhost/';
    const wrong = { DATABASE_URL, PORT: 'http', GUEST_ACCESS: 'maybe', AUTH_SECRET: 'short' };
    const message = (() => {
      try {
        readEnv(wrong);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message?.split('\n')).toHaveLength(5);
    for (const name of Object.keys(wrong)) expect(message).toContain(`${name}: `);
    expect(message).not.toMatch(/hunter2|maybe|short\b/);
  });
});

describe('METRICS_PORT', () => {
  it('is off by default, and never the public port', () => {
    expect(readEnv(least).METRICS_PORT).toBeUndefined();
    expect(readEnv({ ...least, METRICS_PORT: '9464' }).METRICS_PORT).toBe(9464);
    expect(() => readEnv({ ...least, METRICS_PORT: '3000' })).toThrow('METRICS_PORT: must be another port than PORT');
  });
});

describe('allowedOrigins', () => {
  it('is this machine by its own names without PUBLIC_URL', () => {
    const local = ['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'];
    expect(originsOf({ PORT: '4000' })).toEqual(local);
    expect(originsOf({ HOST: '192.168.0.7' })).toContain('http://192.168.0.7:3000');
    expect(originsOf({ HOST: '0.0.0.0' })).not.toContain('http://0.0.0.0:3000');
  });

  it('is PUBLIC_URL alone where it is set', () => {
    expect(originsOf({ PUBLIC_URL: 'https://chat.example.com/' })).toEqual(['https://chat.example.com']);
  });
});
