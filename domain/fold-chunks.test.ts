import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryAnswer, cutAt } from '#server/testing/arbitrary-answer';
import { createFold, foldChunks } from './fold-chunks.ts';

const base = { messageId: 'answer', baseParts: [] };

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
