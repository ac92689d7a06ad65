import { describe, expect, it } from 'vitest';
import { instant } from '#server/testing/model-answer';
import { ageOf, createStampReader, stampNow } from './stamp.ts';

const stampAt = (ms: number) => (Math.round(ms * 10) % 864_000_000).toString(36);

describe('ageOf', () => {
  it('tells how old a stamp is, also over midnight', () => {
    const midnight = Date.UTC(2026, 0, 2);
    expect(ageOf(stampAt(midnight + 3_600_000.5), midnight + 3_600_012)).toBe(11.5);
    expect(ageOf(stampAt(midnight - 3), midnight + 2)).toBe(5);
  });

  it('understands stampNow', () => {
    const before = instant();
    const age = ageOf(stampNow(), instant());
    expect(age).toBeGreaterThanOrEqual(-0.1);
    expect(age).toBeLessThanOrEqual(instant() - before + 0.1);
  });
});

describe('createStampReader', () => {
  it('reads each word once, also merged ones and one that arrives in two pieces', () => {
    const ages: number[] = [];
    const read = createStampReader((ageMs) => ages.push(ageMs));
    const [a, b, c] = [1_000.5, 1_010.5, 1_020].map(stampAt);
    read(`${a} ${b} ${c!.slice(0, 2)}`, 1_011);
    read(`${c!.slice(2)} `, 1_021);
    expect(ages).toEqual([10.5, 0.5, 1]);
  });
});
