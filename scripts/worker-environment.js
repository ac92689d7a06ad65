/**
 * The environment of a worker that runs beside a web process: METRICS_PORT is the web's, the worker has the next one.
 *
 * @template {Record<string, string | undefined>} Environment
 * @param {Environment} environment the web's
 * @returns {Environment}
 */
export function workerEnvironment(environment) {
  const port = environment.METRICS_PORT?.trim();
  return port ? { ...environment, METRICS_PORT: String(Number(port) + 1) } : environment;
}
