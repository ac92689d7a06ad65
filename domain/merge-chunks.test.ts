import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryAnswer, cutAt } from '#server/testing/arbitrary-answer';
import { foldChunks } from './fold-chunks.ts';
import { mergeChunks } from './merge-chunks.ts';

const base = { messageId: 'answer', baseParts: [] };

describe('mergeChunks', () => {
  it('leaves the fold unchanged, however the chunks are cut before they are merged', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryAnswer, fc.array(fc.nat(200)), async (chunks, cuts) => {
        const merged = cutAt(chunks, cuts).flatMap((piece) => mergeChunks(piece));
        expect(await foldChunks(base, merged)).toEqual(await foldChunks(base, chunks));
      }),
      { numRuns: 200 },
    );
  });

  it('merges deltas of one part and keeps those of two parts apart', () => {
    const merged = mergeChunks([
      { type: 'text-delta', id: 'a', delta: '1' },
      { type: 'text-delta', id: 'a', delta: '2' },
      { type: 'text-delta', id: 'b', delta: '3' },
    ]);
    expect(merged).toEqual([
      { type: 'text-delta', id: 'a', delta: '12' },
      { type: 'text-delta', id: 'b', delta: '3' },
    ]);
  });

  it('does not change its input', () => {
    const chunks = [
      { type: 'text-delta', id: 'a', delta: '1' } as const,
      { type: 'text-delta', id: 'a', delta: '2' } as const,
    ];
    mergeChunks(chunks);
    expect(chunks[0]?.delta).toBe('1');
  });
});
