import { describe, expect, it } from 'vitest';
import type { Chunk } from '#domain/message-view';
import { reckonUsage, type RunSpending } from './run-usage.ts';

const twelve: Chunk = { type: 'text-delta', id: 'a', delta: 'twelve chars' };
const finish: Chunk = { type: 'finish-step' };
const reset: Chunk = { type: 'reset-step' };
const tokens = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens });

const reckon = (spending: Partial<RunSpending>) =>
  reckonUsage({ chunks: [], steps: [], openCall: null, measurePrompt: async () => 400, ...spending });

describe('reckonUsage', () => {
  it('is the sum of what the provider reported, when it reported everything', async () => {
    const usage = await reckon({ chunks: [twelve, finish, twelve, finish], steps: [tokens(10, 2), tokens(20, 3)] });
    expect(usage).toEqual({ inputTokens: 30, outputTokens: 5, totalTokens: 35, estimated: false });
  });

  it('is nothing for a run that never spoke', async () => {
    expect(await reckon({})).toBeNull();
    expect(await reckon({ chunks: [{ type: 'start' }, { type: 'start-step' }] })).toBeNull();
  });

  it('reckons a call that was broken off from its prompt and its text, and says so', async () => {
    expect(await reckon({ chunks: [twelve] })).toEqual({ ...tokens(100, 3), totalTokens: 103, estimated: true });
  });

  it('counts a draft that was written again as a call of its own, with the prompt of its step', async () => {
    const chunks = [twelve, finish, twelve, reset, twelve, finish];
    const usage = await reckon({ chunks, steps: [tokens(10, 5), tokens(16, 4)] });
    expect(usage).toEqual({ ...tokens(10 + 15 + 16, 5 + 3 + 4), totalTokens: 53, estimated: true });
  });

  it('takes what was reported for a call whose tools had not all answered', async () => {
    const openCall = {
      inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 7, text: 7, reasoning: 0 },
    };
    expect(await reckon({ chunks: [twelve], openCall })).toEqual({ ...tokens(20, 7), totalTokens: 27, estimated: false });
  });

  it('reckons what a provider that never reports has left out', async () => {
    expect(await reckon({ chunks: [twelve, finish], steps: [{}] })).toMatchObject({ ...tokens(100, 3), estimated: true });
  });
});
