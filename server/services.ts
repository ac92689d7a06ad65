/**
 * What a web process has once. web-main starts it; everything that Next bundles finds it here, on globalThis, since
 * Next shares no module state between its bundles.
 */
import type { Logger } from 'pino';
import type { Models } from '#server/agent/models';
import type { Hub } from '#server/runs/hub';
import type { RunDatabase } from '#server/runs/run-database';
import type { Auth } from './auth.ts';
import type { Env } from './env.ts';

export type Services = {
  env: Env;
  log: Logger;
  db: RunDatabase;
  auth: Auth;
  hub: Hub;
  models: Models;
};

const key = Symbol.for('holdfast.services');
const shared = globalThis as { [key]?: Services };

/** @throws outside of a process that web-main started */
export function getServices(): Services {
  const services = shared[key];
  if (!services) throw new Error('The services are not started: run server/web-main.ts, not Next alone.');
  return services;
}

/** Make the services known to the whole process. */
export function shareServices(services: Services): void {
  shared[key] = services;
}
