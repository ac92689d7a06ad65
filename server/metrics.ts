/** What a process counts and sees, as Prometheus text. docs/operations.md explains each metric and when to worry. */
import { setTimeout as delay } from 'node:timers/promises';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { type SweepName, sweepNames, type SweepObserver } from '#server/runs/sweeper';
import type { VitalSigns } from '#server/runs/vital-signs';

export type MetricsOptions = {
  /** the database's view; it may hang or reject, the text comes without it then */
  readVitalSigns: () => Promise<VitalSigns>;
  /** in a worker: how many runs it holds */
  countHeldRuns?: (() => number) | undefined;
  /** how long the database may take; for tests */
  timeoutMs?: number;
};

export type Metrics = {
  registry: Registry;
  /** counts what the sweeper does */
  sweepObserver: SweepObserver;
  /** The text. Never rejects, and never takes longer than the database is given. */
  read: () => Promise<string>;
};

/** The metrics of this process, with none of another one's. */
export function createMetrics({ readVitalSigns, countHeldRuns, timeoutMs = 2_000 }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  if (countHeldRuns) addHeldRuns(registry, countHeldRuns);
  const show = addVitalSigns(registry);
  const readInTime = limit(readVitalSigns, timeoutMs);
  return {
    registry,
    sweepObserver: addSweeps(registry),
    async read() {
      show(await readInTime());
      return registry.metrics();
    },
  };
}

function addSweeps(registry: Registry): SweepObserver {
  const options = { labelNames: ['sweep' as const], registers: [registry] };
  const swept = new Counter({ ...options, name: 'holdfast_swept_total', help: 'What this process mended, by sweep' });
  const failures = new Counter({ ...options, name: 'holdfast_sweep_failures_total', help: 'Sweeps that failed here' });
  // From the start: an increase from nothing to one would go unseen.
  for (const counter of [swept, failures]) for (const sweep of sweepNames) counter.inc({ sweep }, 0);
  return {
    swept: (sweep: SweepName, count) => swept.inc({ sweep }, count),
    failed: (sweep: SweepName) => failures.inc({ sweep }),
  };
}

function addHeldRuns(registry: Registry, countHeldRuns: () => number): void {
  new Gauge({
    name: 'holdfast_runs_held',
    help: 'Runs that this worker holds',
    registers: [registry],
    collect() {
      this.set(countHeldRuns());
    },
  });
}

/** Returns what shows the newest view; what is not known is left out, since zero would be a lie. */
function addVitalSigns(registry: Registry): (signs: VitalSigns | null) => void {
  const registers = [registry];
  const up = new Gauge({ name: 'holdfast_database_up', help: 'Whether the database answered this scrape', registers });
  const active = new Gauge({
    name: 'holdfast_runs_active',
    help: 'Runs of the installation that have not ended, by status',
    labelNames: ['status'],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const gauges = {
    stuckRuns: gauge('holdfast_runs_stuck', 'Active runs that nobody looks after'),
    stuckMessages: gauge('holdfast_messages_stuck', 'Streaming answers that no run writes'),
    liveWorkers: gauge('holdfast_workers_live', 'Workers that take new runs'),
    notificationQueueUsage: gauge('holdfast_notification_queue_usage', 'Notification queue, 0 to 1'),
  };
  return (signs) => {
    up.set(signs ? 1 : 0);
    for (const status of ['pending', 'running'] as const) {
      if (signs) active.set({ status }, signs.activeRuns[status]);
      else active.remove({ status });
    }
    for (const name of Object.keys(gauges) as Array<keyof typeof gauges>) {
      if (signs) gauges[name].set(signs[name]);
      else gauges[name].remove();
    }
  };
}

/** One read at a time, however many ask; null when it fails or takes too long. */
function limit<T>(read: () => Promise<T>, timeoutMs: number): () => Promise<T | null> {
  let underWay: Promise<T | null> | undefined;
  return async () => {
    underWay ??= read()
      .catch(() => null)
      .finally(() => (underWay = undefined));
    const timer = new AbortController();
    const late = delay(timeoutMs, null, { signal: timer.signal }).catch(() => null);
    try {
      return await Promise.race([underWay, late]);
    } finally {
      timer.abort();
    }
  };
}
