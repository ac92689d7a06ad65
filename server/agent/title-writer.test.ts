import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { createModels } from './models.ts';
import { createTitleWriter } from './title-writer.ts';

describe('createTitleWriter', () => {
  let server: ModelServer;
  let asked = 0;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());

  const write = (model: string, more: { question?: string; abortSignal?: AbortSignal } = {}) =>
    createTitleWriter(createModels({ OPENAI_COMPATIBLE_BASE_URL: server.url }))({
      model,
      question: 'How do boats float?',
      answer: 'They do.',
      abortSignal: new AbortController().signal,
      ...more,
    });
  const writeWith = (title: string) => {
    const model = `titles-${(asked += 1)}`;
    server.script(model, { title });
    return write(`openai-compatible:${model}`);
  };

  it.each([
    ['Why boats float', 'Why boats float'],
    ['"Why boats float."', 'Why boats float'],
    ['**Title: Why boats float**\nI chose this because', 'Why boats float'],
    ['<think>hm\nhm</think>\n\nWarum Boote schwimmen!', 'Warum Boote schwimmen'],
    ['„Boote“', 'Boote'],
    ['word '.repeat(40), `${'word '.repeat(12)}…`.replace(' …', '…').slice(0, 60)],
  ])('makes one line of %j', async (said, title) => {
    expect(await writeWith(said)).toBe(title);
  });

  it.each(['', '""', '<think>never ends', '***'])('has none where the model says %j', async (said) => {
    expect(await writeWith(said)).toBeNull();
  });

  it('asks once, with the beginnings of question and answer, and bounds what comes back', async () => {
    server.script('counted', { title: 'A title' });
    await write('openai-compatible:counted', { question: `${'q'.repeat(2_000)}tail` });
    const requests = server.requests.filter(({ body }) => body.model === 'counted');
    expect(requests).toHaveLength(1);
    expect(requests[0]!.question).toContain('They do.');
    expect(requests[0]!.question).not.toContain('tail');
    expect(requests[0]!.body).toMatchObject({ max_tokens: 1_000 });
  });

  it('throws what the provider refuses, and does not ask again', async () => {
    const before = server.requests.length;
    const [refused] = await Promise.allSettled([write('nobody:nothing')]);
    expect(refused?.status).toBe('rejected');
    expect(server.requests).toHaveLength(before);
  });

  it('takes the first words for the demo model', async () => {
    expect(await write('demo:demo', { question: 'Please tell me something\nabout boats, slowly' })).toBe(
      'Please tell me something about boats',
    );
  });

  it('ends with its signal', async () => {
    await expect(write('openai-compatible:scripted', { abortSignal: AbortSignal.abort() })).rejects.toThrow();
  });
});
