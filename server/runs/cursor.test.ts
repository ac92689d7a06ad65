import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

const count = fc.nat(999_999_999);

describe('decodeCursor', () => {
  it('reads what encodeCursor wrote', () => {
    const position = fc.oneof(
      fc.record({ revision: count, runId: fc.uuid(), seq: count }),
      fc.record({ revision: count, runId: fc.constant(null), seq: fc.constant(0) }),
    );
    fc.assert(fc.property(position, (value) => {
        expect(decodeCursor(encodeCursor(value))).toEqual(value);
      }));
  });

  it('takes nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const position = decodeCursor(text);
        if (position) expect(Number.isSafeInteger(position.revision)).toBe(true);
        else expect(position).toBeNull();
      }),
    );
    expect(decodeCursor('')).toBeNull();
    expect(decodeCursor('1.2.3')).toBeNull();
    expect(decodeCursor(`1.${crypto.randomUUID()}`)).toBeNull();
  });
});
