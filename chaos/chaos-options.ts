import { parseArgs } from 'node:util';

export type ChaosOptions = {
  /** long: the full counts, and the bounds of the reliability table */
  form: 'short' | 'long';
  /** ids such as "T3"; null for all */
  only: string[] | null;
  seed: number;
};

/**
 * The options of `npm run chaos -- --long --only T3,T5 --seed 42`. Without a seed, one by the clock.
 *
 * @throws when an option is unknown, or the seed is no number
 */
export function readChaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { long: { type: 'boolean' }, only: { type: 'string' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed is a whole number, not "${values.seed}".`);
  const only = values.only?.split(',').map((id) => id.trim().toUpperCase()) ?? null;
  return { form: values.long ? 'long' : 'short', only, seed };
}
