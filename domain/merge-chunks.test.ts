import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryAnswer, cutAt } from '#server/testing/arbitrary-answer';
import { createFold, foldChunks } from './fold-chunks.ts';
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

describe('createFold', () => {
  it('ends where foldChunks ends, however the chunks arrive', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryAnswer, fc.array(fc.nat(200)), async (chunks, cuts) => {
        const fold = createFold(base);
        const seen = await Promise.all(cutAt(chunks, cuts).map((piece) => fold.push(piece)));
        const whole = await foldChunks(base, [...chunks, { type: 'message-metadata', messageMetadata: {} as never }]);
        expect(seen.at(-1) ?? []).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('rejects a delta of a part that was never opened', async () => {
    const fold = createFold(base);
    await expect(fold.push([{ type: 'text-delta', id: 'x', delta: 'lost' }])).rejects.toThrow(/missing text part/);
  });
});
