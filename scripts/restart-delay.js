const firstDelayMs = 100;
const longestDelayMs = 30_000;
/** A process that lived this long was well: its death says nothing about the next start. */
const healthyLifeMs = 5_000;

/**
 * When to start again what has died: at once after a healthy life, then ever later.
 *
 * @param {number} earlyDeaths how many times in a row it has died young before this one
 * @param {number} lifeMs how long it lived this time
 * @returns {{ delayMs: number, earlyDeaths: number }} the count to hand in at the next death
 */
export function decideRestart(earlyDeaths, lifeMs) {
  const count = lifeMs >= healthyLifeMs ? 0 : earlyDeaths;
  return { delayMs: Math.min(firstDelayMs * 2 ** count, longestDelayMs), earlyDeaths: count + 1 };
}
