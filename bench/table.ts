import { formatColumns } from '#server/testing/text-table';
import { type Aim, type Figure, isMet, type Spread, type Unit } from './figure.ts';

/** The figures as text: the median and how far the rounds lie apart, the floor beside it, the ratio, the aims. */
export function formatFigures(figures: readonly Figure[]): string {
  return formatColumns(['', 'Holdfast', 'floor', 'ratio', 'aim', ''], figures.map(formatFigure));
}

function formatFigure(figure: Figure): string[] {
  const { title, unit, ours, floor, aims } = figure;
  return [
    title,
    formatSpread(ours, unit),
    floor ? formatSpread(floor, unit) : '–',
    floor && floor.median > 0 ? `× ${(ours.median / floor.median).toFixed(2)}` : '',
    aims.map((aim) => formatAim(aim, unit)).join(', '),
    aims.map((aim) => (isMet(figure, aim) ? '✓' : '✗')).join(' '),
  ];
}

function formatSpread({ median, least, most }: Spread, unit: Unit): string {
  const middle = `${format(median)}${unit === '' ? '' : ` ${unit}`}`;
  return least === most ? middle : `${middle} (${format(least)}–${format(most)})`;
}

function formatAim({ kind, value }: Aim, unit: Unit): string {
  switch (kind) {
    case 'atMost':
      return `≤ ${value} ${unit}`;
    case 'atLeast':
      return `≥ ${value} ${unit}`;
    case 'overFloor':
      return `≤ floor + ${value} ${unit}`;
    case 'timesFloor':
      return `≤ floor × ${value}`;
    case 'atLeastTimesFloor':
      return `≥ floor × ${value}`;
  }
}

function format(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}
