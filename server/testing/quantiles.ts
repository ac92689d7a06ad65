/** Many measurements of one thing, in milliseconds. */
export type Sample = { count: number; p50: number; p95: number };

/**
 * The median and the value that one in twenty exceeds (nearest rank).
 *
 * @param values at least one
 */
export function summarise(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return { count: sorted.length, p50: rank(0.5), p95: rank(0.95) };
}
