import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldChunks } from '#domain/fold-chunks';
import { arbitraryAnswer } from '#server/testing/arbitrary-answer';
import { createOpenParts } from './open-parts.ts';

const fold = (chunks: Parameters<typeof foldChunks>[1]) => foldChunks({ messageId: 'a', baseParts: [] }, chunks);

describe('createOpenParts', () => {
  it('closes whatever an answer that breaks off anywhere has left open', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryAnswer, fc.nat(), async (answer, at) => {
        const cut = answer.slice(0, at % (answer.length + 1));
        const parts = await fold([...cut, ...createOpenParts(cut).close('broke off')]);
        const states = parts.flatMap((part) => ('state' in part ? [part.state] : []));
        expect(states).not.toContain('streaming');
        expect(states).not.toContain('input-streaming');
        expect(states).not.toContain('input-available');
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing to close in a whole answer', () => {
    fc.assert(fc.property(arbitraryAnswer, (answer) => {
        expect(createOpenParts(answer).close('')).toEqual([]);
      }));
  });

  it('counts the tools that have been called and have not answered', () => {
    const parts = createOpenParts([
      { type: 'tool-input-available', toolCallId: '1', toolName: 'look', input: {} },
      { type: 'tool-input-available', toolCallId: '2', toolName: 'look', input: {} },
      { type: 'tool-output-available', toolCallId: '1', output: 1 },
    ]);
    expect(parts.pendingTools()).toBe(1);
  });
});
