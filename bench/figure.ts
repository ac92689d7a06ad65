/** What `npm run bench` finds out: one figure a line, beside the floor's and its aim. */

/** The middle of what the rounds gave, and how far they lie apart. */
export type Spread = { median: number; least: number; most: number };

export type Unit = 'ms' | 's' | 'KB' | 'MB' | 'bytes' | 'runs' | 'fps' | '×' | '';

/** overFloor and timesFloor compare with the floor measured in the same rounds. */
export type Aim = { kind: 'atMost' | 'atLeast' | 'overFloor' | 'timesFloor' | 'atLeastTimesFloor'; value: number };

export type Figure = {
  title: string;
  unit: Unit;
  ours: Spread;
  /** null where the floor has no such thing */
  floor: Spread | null;
  /** all of them must hold; none is a mere report */
  aims: readonly Aim[];
};

/** @param values one for each round, at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** Whether the median meets the aim. @throws for an aim beside the floor where there is none */
export function isMet({ ours, floor }: Figure, { kind, value }: Aim): boolean {
  if (kind === 'atMost') return ours.median <= value;
  if (kind === 'atLeast') return ours.median >= value;
  if (!floor) throw new Error(`there is no floor to compare with (${kind} ${value})`);
  if (kind === 'overFloor') return ours.median <= floor.median + value;
  if (kind === 'timesFloor') return ours.median <= floor.median * value;
  return ours.median >= floor.median * value;
}
