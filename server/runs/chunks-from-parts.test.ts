import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldChunks } from '#domain/fold-chunks';
import { arbitraryAnswer } from '#server/testing/arbitrary-answer';
import { chunksFromParts } from './chunks-from-parts.ts';

describe('chunksFromParts', () => {
  it('folds back into the same text, tools and order', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryAnswer, async (answer) => {
        const base = { messageId: 'answer', baseParts: [] };
        const parts = await foldChunks(base, answer);
        const again = await foldChunks(base, chunksFromParts('answer', parts));
        // Ids of reasoning parts are of the stream they came from, and say nothing.
        const plain = (list: typeof parts) =>
          JSON.parse(JSON.stringify(list, (key, value) => (key === 'id' || key === 'rawInput' ? undefined : value)));
        const shown = plain(parts).filter((part: { type: string }, i: number, all: unknown[]) => !(part.type === 'step-start' && i === all.length - 1));
        const shownAgain = plain(again).filter((part: { type: string }, i: number, all: unknown[]) => !(part.type === 'step-start' && i === all.length - 1));
        expect(shownAgain).toEqual(shown);
      }),
      { numRuns: 200 },
    );
  });
});
