import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanChunk, createChunkCleaner } from './clean-chunk.ts';

const delta = (text: string) => ({ type: 'text-delta', id: 'a', delta: text }) as const;
const textOf = (chunk: ReturnType<typeof cleanChunk>) => (chunk.type === 'text-delta' ? chunk.delta : '');

describe('cleanChunk', () => {
  it('leaves a storable chunk as the very same object', () => {
    const chunk = delta('plain text, 😀');
    expect(cleanChunk(chunk)).toBe(chunk);
  });

  it('makes any string storable as jsonb', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cleaned = textOf(cleanChunk(delta(text)));
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned).not.toContain('\0');
      }),
    );
  });

  it('cleans deep inside the output of a tool, keys included', () => {
    const output = { 'a\0': ['\ud800'] };
    expect(cleanChunk({ type: 'tool-output-available', toolCallId: '1', output })).toMatchObject({ output: { a: ['\ufffd'] } });
  });
});

describe('createChunkCleaner', () => {
  it('puts a surrogate pair together again that was cut between two deltas', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat()), (text, cuts) => {
        const clean = createChunkCleaner();
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, i) => clean(delta(text.slice(places[i], end))));
        expect(pieces.map(textOf).join('')).toBe(text.replaceAll('\0', ''));
      }),
    );
  });
});
