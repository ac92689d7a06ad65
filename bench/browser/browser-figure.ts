import { type Figure, spreadOf } from '../figure.ts';

export type BrowserFigure = {
  title: string;
  unit: Figure['unit'];
  /** one for each round */
  values: readonly number[];
  /** none: a mere report */
  atMost?: number;
};

/** A figure of the page. There is no floor for it. */
export function browserFigure({ title, unit, values, atMost }: BrowserFigure): Figure {
  const aims = atMost === undefined ? [] : [{ kind: 'atMost' as const, value: atMost }];
  return { title, unit, ours: spreadOf(values), floor: null, aims };
}
