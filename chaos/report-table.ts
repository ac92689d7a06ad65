import { summarise } from '#server/testing/quantiles';
import { formatColumns } from '#server/testing/text-table';
import type { Report } from './scenario.ts';

const header = ['', 'fault', 'iterations', 'struck', 'violations', 'zombie writes', 'takeover p50 / p95', 'measured', 's'];

/** The scenarios as a table, by their numbers; durations in milliseconds, as p50 / p95. */
export function formatReports(reports: readonly Report[]): string {
  return formatColumns(header, reports.toSorted((a, b) => numberOf(a) - numberOf(b)).map(formatReport));
}

/** What did not hold, scenario by scenario, each thing once. */
export function formatFailures(reports: readonly Report[]): string {
  const sections = reports.map(({ id, title, violations, failures }) => {
    const lines = [...new Set([...violations, ...failures])].map((line) => `  - ${line.replaceAll('\n', '\n    ')}`);
    return [`${id} ${title}:`, ...lines].join('\n');
  });
  return sections.join('\n');
}

function formatReport(report: Report): string[] {
  const { id, title, iterations, struck, violations, zombieWrites, failures, seconds } = report;
  const passed = violations.length + failures.length === 0;
  const measured = Object.entries(report.measured ?? {}).filter(([, values]) => values.length > 0);
  return [
    `${passed ? '✓' : '✗'} ${id}`,
    title,
    String(iterations),
    Object.entries(struck).map(([what, count]) => `${count} × ${what}`).join(', '),
    String(violations.length),
    String(zombieWrites),
    report.takeoversMs?.length ? formatSample(report.takeoversMs) : '–',
    measured.map(([name, values]) => `${name} ${formatSample(values)}`).join(', ') || '–',
    seconds.toFixed(1),
  ];
}

const numberOf = ({ id }: Report) => Number(id.slice(1));

function formatSample(values: readonly number[]): string {
  const { p50, p95 } = summarise(values);
  return `${p50.toFixed(0)} / ${p95.toFixed(0)}`;
}
