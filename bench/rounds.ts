import type { ContenderName } from './crowd.ts';
import { type Aim, type Figure, spreadOf, type Unit } from './figure.ts';

/** What a round gave, by contender; the floor may have no such thing. */
export type Rounds<Measure> = Record<'Holdfast', Measure[]> & Partial<Record<'floor', Measure[]>>;

/** The contenders take turns, so that what the machine does beside is shared by both. */
export async function takeTurns<Measure>(
  rounds: number,
  measure: (contender: ContenderName) => Promise<Measure>,
): Promise<Required<Rounds<Measure>>> {
  const measured: Required<Rounds<Measure>> = { Holdfast: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    measured.Holdfast.push(await measure('Holdfast'));
    measured.floor.push(await measure('floor'));
  }
  return measured;
}

type FigureOf<Measure> = { title: string; unit: Unit; value: (measure: Measure) => number; aims?: readonly Aim[] };

export function toFigure<Measure>(rounds: Rounds<Measure>, { title, unit, value, aims = [] }: FigureOf<Measure>): Figure {
  const { Holdfast, floor } = rounds;
  return { title, unit, ours: spreadOf(Holdfast.map(value)), floor: floor ? spreadOf(floor.map(value)) : null, aims };
}
