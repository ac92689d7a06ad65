import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sweepNames } from '#server/runs/sweeper';
import type { VitalSigns } from '#server/runs/vital-signs';
import { createMetrics } from './metrics.ts';

const page = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');

const signs: VitalSigns = {
  activeRuns: { pending: 2, running: 3 },
  stuckRuns: 1,
  stuckMessages: 4,
  liveWorkers: 5,
  notificationQueueUsage: 0.25,
};
const ours = (text: string) => text.split('\n').filter((line) => line.startsWith('holdfast_'));

describe('createMetrics', () => {
  it('is what docs/operations.md says, and nothing else', async () => {
    const { registry } = createMetrics({ readVitalSigns: async () => signs, countHeldRuns: () => 0 });
    const table = /<!-- metrics -->\n([^]*?)\n<!-- \/metrics -->/.exec(page)?.[1] ?? '';
    const documented = table.split('\n').slice(2).map((row) => row.split(' | ').slice(0, 2).join(' ').replace('| ', ''));
    const metrics = (await registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('holdfast_'));
    const labels = (names: string[]) => (names.length > 0 ? `{${names.join()}}` : '');
    const registered = registry
      .getMetricsAsArray()
      .filter(({ name }) => name.startsWith('holdfast_'))
      .map((metric) => `\`${metric.name}${labels((metric as unknown as { labelNames: string[] }).labelNames)}\` ${kindOf(metric.name)}`);
    expect(documented.toSorted()).toEqual(registered.toSorted());
    expect(metrics).toHaveLength(documented.length);

    function kindOf(name: string) {
      return metrics.find((metric) => metric.name === name)?.type;
    }
  });

  it('mentions in its alerts only what there is', () => {
    const { registry } = createMetrics({ readVitalSigns: async () => signs });
    const alerts = /```yaml\n([^]*?)```/.exec(page)?.[1] ?? '';
    const mentioned = new Set(alerts.match(/holdfast_\w+/g));
    expect(mentioned.size).toBeGreaterThan(4);
    for (const name of mentioned) expect(registry.getSingleMetric(name), name).toBeDefined();
  });

  it('shows what the database sees, and what the process holds', async () => {
    const { read } = createMetrics({ readVitalSigns: async () => signs, countHeldRuns: () => 6 });
    const text = await read();
    expect(ours(text).filter((line) => !line.includes('sweep'))).toEqual([
      'holdfast_runs_held 6',
      'holdfast_database_up 1',
      'holdfast_runs_active{status="pending"} 2',
      'holdfast_runs_active{status="running"} 3',
      'holdfast_runs_stuck 1',
      'holdfast_messages_stuck 4',
      'holdfast_workers_live 5',
      'holdfast_notification_queue_usage 0.25',
    ]);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('counts from zero for every sweep', async () => {
    const { read, sweepObserver } = createMetrics({ readVitalSigns: async () => signs });
    sweepObserver.swept('rescued', 3);
    sweepObserver.failed('rung');
    const lines = ours(await read());
    for (const sweep of sweepNames) {
      expect(lines).toContain(`holdfast_swept_total{sweep="${sweep}"} ${sweep === 'rescued' ? 3 : 0}`);
      expect(lines).toContain(`holdfast_sweep_failures_total{sweep="${sweep}"} ${sweep === 'rung' ? 1 : 0}`);
    }
  });

  it.each([
    ['is away', () => Promise.reject(new Error('away'))],
    ['does not answer', () => new Promise<never>(() => undefined)],
  ])('claims nothing about the installation when the database %s', async (_, absent) => {
    let answer: () => Promise<VitalSigns> = async () => signs;
    const { read } = createMetrics({ readVitalSigns: () => answer(), timeoutMs: 1 });
    await read();
    answer = absent;
    const lines = ours(await read());
    expect(lines).toContain('holdfast_database_up 0');
    expect(lines.filter((line) => !line.includes('sweep'))).toEqual(['holdfast_database_up 0']);
    expect(lines).toContain('holdfast_swept_total{sweep="rescued"} 0');
  });

  it('asks the database once for all who scrape while it thinks', async () => {
    const thinking = Promise.withResolvers<VitalSigns>();
    let asked = 0;
    const { read } = createMetrics({ readVitalSigns: () => (asked++, thinking.promise), timeoutMs: 60_000 });
    const scrapes = [read(), read(), read()];
    thinking.resolve(signs);
    for (const text of await Promise.all(scrapes)) expect(text).toContain('holdfast_database_up 1');
    expect(asked).toBe(1);
    await read();
    expect(asked).toBe(2);
  });
});
