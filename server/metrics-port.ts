/** A port of its own for the metrics, never the public one: whoever can reach it may read them. */
import { createServer, type Server } from 'node:http';
import { Registry } from 'prom-client';
import type { Logger } from 'pino';
import type { Env } from './env.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { readVitalSigns } from '#server/runs/vital-signs';
import type { RunDatabase } from '#server/runs/run-database';
import type { SweepObserver } from '#server/runs/sweeper';

export type MetricsPort = {
  /** undefined while metrics are off */
  sweepObserver: SweepObserver | undefined;
  /** where it listens; null while metrics are off, or the port could not be had */
  port: number | null;
  close(): void;
};

export type MetricsPortOptions = {
  env: Pick<Env, 'HOST' | 'METRICS_PORT'>;
  db: Pick<RunDatabase, 'pool'>;
  log: Logger;
  /** in a worker: how many runs it holds */
  countHeldRuns?: () => number;
};

/** Listen on METRICS_PORT, where it is set. A port that cannot be had is logged, and the process does without. */
export async function openMetricsPort({ env, db, log, countHeldRuns }: MetricsPortOptions): Promise<MetricsPort> {
  if (env.METRICS_PORT === undefined) return { sweepObserver: undefined, port: null, close: () => undefined };
  const metrics = createMetrics({ readVitalSigns: () => readVitalSigns(db), countHeldRuns });
  const server = serve(metrics);
  const place = { host: env.HOST, port: env.METRICS_PORT };
  const failure = await listen(server, place);
  if (failure) log.error({ ...place, code: failure.code }, `no metrics: ${explain(failure, place.port)}`);
  else log.info(place, 'metrics are served');
  // Whatever goes wrong later, the process does without as well.
  server.on('error', (error) => log.error({ err: error }, 'metrics port in trouble'));
  return {
    sweepObserver: metrics.sweepObserver,
    port: failure ? null : place.port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function serve(metrics: Metrics): Server {
  return createServer((request, response) => {
    const isScrape = request.url?.split('?')[0] === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    if (!isScrape) return void response.writeHead(404).end();
    void metrics.read().then(
      (text) => response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}

/** Resolves with what went wrong. */
function listen(server: Server, { host, port }: { host: string; port: number }): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.off('error', resolve);
      resolve(null);
    });
  });
}

function explain({ code, message }: NodeJS.ErrnoException, port: number): string {
  return code === 'EADDRINUSE' ? `METRICS_PORT ${port} is in use` : message;
}
