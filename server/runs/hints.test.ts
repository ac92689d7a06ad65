import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChunkHint, packChunkHints, unpackChunkHints } from './hints.ts';

const hint = fc.record({
  chatId: fc.uuid(),
  runId: fc.uuid(),
  messageId: fc.uuid(),
  epoch: fc.nat(),
  fromSeq: fc.nat(),
  toSeq: fc.nat(),
  body: fc.array(fc.string({ unit: 'grapheme', maxLength: 3_000 }), { maxLength: 4 }).map((texts) => JSON.stringify(texts)),
}) satisfies fc.Arbitrary<ChunkHint>;

describe('packChunkHints', () => {
  it('keeps every payload below the 8,000 bytes of NOTIFY and every hint in its order', () => {
    fc.assert(
      fc.property(fc.array(hint, { maxLength: 20 }), (hints) => {
        const payloads = packChunkHints(hints);
        for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
        const unpacked = payloads.flatMap(unpackChunkHints);
        const places = (list: Array<Omit<ChunkHint, 'body'>>) => list.map((item) => [item.runId, item.fromSeq, item.toSeq]);
        expect(places(unpacked)).toEqual(places(hints));
      }),
    );
  });

  it('carries small bodies as they are and leaves out those that are too large', () => {
    const small = { ...fc.sample(hint, 1)[0]!, body: '["é"]' };
    const large = { ...small, body: JSON.stringify(['é'.repeat(4_000)]) };
    expect(packChunkHints([small, large]).flatMap(unpackChunkHints).map(({ body }) => body)).toEqual([['é'], null]);
  });
});
