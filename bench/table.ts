import { type Sample, summarise } from '#server/testing/quantiles';
import { formatColumns } from '#server/testing/text-table';
import type { Contender } from './contender.ts';
import type { Measured } from './measure-answers.ts';

/** In milliseconds: of which quantile of the WebSocket column, and whether the floor is subtracted first. */
export type Budget = { ms: number; of: 'p50' | 'p95'; overFloor: boolean };
export type Row = { title: string; measured: Measured; budget?: Budget };

const columns: Contender['name'][] = ['WebSocket', 'SSE', 'floor'];

/** The rows as text: p50 and p95 for each contender, and beside them the budget with what was measured against it. */
export function formatTable(rows: readonly Row[]): string {
  const header = ['p50 / p95 in ms', ...columns, 'budget', 'measured'];
  return formatColumns(header, rows.map(formatRow));
}

function formatRow({ title, measured, budget }: Row): string[] {
  const samples = new Map([...measured].map(([name, values]) => [name, summarise(values)]));
  const cells = columns.map((name) => formatSample(samples.get(name)));
  return [title, ...cells, budget ? formatBudget(budget) : '', budget ? compare(budget, samples) : ''];
}

function formatSample(sample: Sample | undefined): string {
  return sample ? `${formatMs(sample.p50)} / ${formatMs(sample.p95)}` : '–';
}

function formatBudget({ ms, of, overFloor }: Budget): string {
  return `≤ ${ms} ${of}${overFloor ? ' over the floor' : ''}`;
}

function compare({ ms, of, overFloor }: Budget, samples: Map<Contender['name'], Sample>): string {
  const value = samples.get('WebSocket')![of] - (overFloor ? samples.get('floor')![of] : 0);
  return `${formatMs(value)} ${value <= ms ? '✓' : '✗'}`;
}

const formatMs = (ms: number) => ms.toFixed(Math.abs(ms) < 10 ? 2 : 1);
