/**
 * Words that say when they were sent: tenths of a millisecond since midnight (UTC), in base 36. No longer than a token
 * usually is, and on the same clock in every process of the machine.
 */
import { instant } from '#server/testing/model-answer';

const tenthsOfADay = 864_000_000;

/** The present instant as a word of at most six letters. */
export function stampNow(): string {
  return (Math.round(instant() * 10) % tenthsOfADay).toString(36);
}

/**
 * How old a stamp was when it arrived.
 *
 * @param arrivedAt ms since 1970, with fractions (see `instant`)
 * @returns milliseconds
 */
export function ageOf(stamp: string, arrivedAt: number): number {
  const tenths = Math.round(arrivedAt * 10) - Number.parseInt(stamp, 36);
  // Nearest to zero: a stamp from before midnight is no day old.
  const wrapped = (((tenths + tenthsOfADay / 2) % tenthsOfADay) + tenthsOfADay) % tenthsOfADay;
  return (wrapped - tenthsOfADay / 2) / 10;
}

/**
 * Reads an answer that consists of stamps.
 *
 * @param onWord called for each word with its age in milliseconds
 * @returns takes a piece of the answer and the instant of its arrival; pieces may be merged words or parts of one
 */
export function createStampReader(onWord: (ageMs: number) => void): (piece: string, arrivedAt: number) => void {
  let rest = '';
  return (piece, arrivedAt) => {
    const words = (rest + piece).split(' ');
    rest = words.pop()!;
    for (const word of words) onWord(ageOf(word, arrivedAt));
  };
}
