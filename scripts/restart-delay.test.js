import { describe, expect, it } from 'vitest';
import { decideRestart } from './restart-delay.js';

/** @param {number[]} livesMs */
function delaysAfter(livesMs) {
  let deaths = 0;
  return livesMs.map((lifeMs) => {
    const decision = decideRestart(deaths, lifeMs);
    deaths = decision.earlyDeaths;
    return decision.delayMs;
  });
}

describe('decideRestart', () => {
  it('waits twice as long after each early death, up to half a minute', () => {
    expect(delaysAfter([10, 10, 10])).toEqual([100, 200, 400]);
    expect(delaysAfter(Array.from({ length: 40 }, () => 0)).at(-1)).toBe(30_000);
  });

  it('begins anew after a healthy life', () => {
    expect(delaysAfter([10, 10, 60_000, 10])).toEqual([100, 200, 100, 200]);
  });
});
