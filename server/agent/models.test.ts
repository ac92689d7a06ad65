import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { createModelList } from './model-list.ts';
import { createModels } from './models.ts';

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
  server.script('llama3.2:latest', {});
});
afterAll(() => server.close());

describe('createModels', () => {
  it('offers the demo model while no provider is configured', async () => {
    const demo = { id: 'demo:demo', label: 'Demo model', provider: 'demo', isDemo: true };
    expect(await createModels({}).list()).toEqual([demo]);
  });

  it('offers what the server lists, then the known models of each key, and no demo', async () => {
    const keys = { ANTHROPIC_API_KEY: 'k', AI_GATEWAY_API_KEY: 'k' };
    const list = await createModels({ OPENAI_COMPATIBLE_BASE_URL: server.url, ...keys }).list();
    expect(list.slice(0, 2).map(({ id }) => id)).toEqual([
      'openai-compatible:scripted',
      'openai-compatible:llama3.2:latest',
    ]);
    const providers = new Set(list.map(({ provider }) => provider));
    expect([...providers]).toEqual(['openai-compatible', 'anthropic', 'gateway']);
    expect(list.some(({ isDemo }) => isDemo)).toBe(false);
  });

  it('is narrowed and ordered by CHAT_MODELS, and asks no server then', async () => {
    const models = createModels({
      OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1',
      OPENAI_API_KEY: 'k',
      CHAT_MODELS: ['openai:gpt-6-luna', 'anthropic:not-configured', 'openai-compatible:llama3.2:1b', 'demo:demo'],
    });
    expect((await models.list()).map(({ id, label }) => [id, label])).toEqual([
      ['openai:gpt-6-luna', 'GPT-6 Luna'],
      ['openai-compatible:llama3.2:1b', 'llama3.2:1b'],
      ['demo:demo', 'Demo model'],
    ]);
  });

  it('resolves a name at its first colon', () => {
    const models = createModels({ OPENAI_COMPATIBLE_BASE_URL: server.url, GOOGLE_GENERATIVE_AI_API_KEY: 'k' });
    expect(models.resolve('openai-compatible:llama3.2:latest')).toMatchObject({ modelId: 'llama3.2:latest' });
    expect(models.resolve('google:gemini-flash-latest')).toMatchObject({ modelId: 'gemini-flash-latest' });
    expect(models.resolve('demo:demo')).toMatchObject({ provider: 'demo' });
  });

  it.each(['openai:gpt-6-luna', 'openai-compatible', 'openai-compatible:', 'nobody:x'])('knows no %s', (id) => {
    const models = createModels({ OPENAI_COMPATIBLE_BASE_URL: server.url });
    expect(() => models.resolve(id)).toThrow('No such');
  });
});

describe('createModelList', () => {
  it('asks again after 30 s, and does not wait then', async () => {
    const own = await startModelServer();
    let now = 0;
    const list = createModelList({ baseUrl: `${own.url}/`, apiKey: 'k', now: () => now });
    expect(await list()).toEqual(['scripted']);
    own.script('newer', {});
    now = 29_000;
    expect(await list()).toEqual(['scripted']);
    now = 31_000;
    expect(await list()).toEqual(['scripted']);
    await expect.poll(list).toEqual(['scripted', 'newer']);
    await own.close();
  });

  it('keeps the old list while the server is away, and is empty when it never answered', async () => {
    const own = await startModelServer();
    let now = 0;
    const list = createModelList({ baseUrl: own.url, apiKey: undefined, now: () => now });
    await list();
    await own.close();
    now = 31_000;
    expect(await list()).toEqual(['scripted']);
    expect(await createModelList({ baseUrl: own.url, apiKey: undefined })()).toEqual([]);
  });
});
