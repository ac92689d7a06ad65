import { describe, expect, it } from 'vitest';
import { beginsWith, canonicalJson, isSameJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it('does not tell the order of keys, or an undefined field from none', () => {
    expect(isSameJson({ a: 1, b: { c: [1, 2], d: undefined } }, { b: { c: [1, 2] }, a: 1 })).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: null }, {}],
    [[1, 2], [2, 1]],
    [[], {}],
    [null, undefined],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
  ])('tells %j from %j', (a, b) => {
    expect(canonicalJson(a)).not.toBe(canonicalJson(b));
  });
});

describe('beginsWith', () => {
  it('says whether the first items are the same', () => {
    expect(beginsWith([{ a: 1 }, 2], [{ a: 1 }])).toBe(true);
    expect(beginsWith([{ a: 1 }], [])).toBe(true);
    expect(beginsWith([{ a: 1 }], [{ a: 1 }, 2])).toBe(false);
    expect(beginsWith([{ a: 1 }, 2], [{ a: 2 }])).toBe(false);
  });
});
