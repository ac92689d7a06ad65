import { parseArgs } from 'node:util';

export type BenchOptions = {
  /** few rounds, and without what takes minutes */
  quick: boolean;
  /** names of groups; null for all */
  only: string[] | null;
};

/** The options of `npm run bench -- --quick --only load,stops`. @throws when an option is unknown */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  return { quick: values.quick, only: values.only?.split(',').map((name) => name.trim()) ?? null };
}
