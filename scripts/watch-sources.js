import { watch } from 'node:fs';
import { projectPath } from './project.js';

/** An editor writes a file in several moves. */
const settleMs = 200;

/**
 * Call back when sources that Node itself runs have changed; Next sees to the pages.
 *
 * @param {() => Promise<void>} onChange never called twice at a time
 * @param {AbortSignal} signal ends it
 */
export function watchSources(onChange, signal) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let running = Promise.resolve();
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      console.log('Sources changed; restarting web and worker');
      running = running.then(onChange);
    }, settleMs);
  };
  for (const folder of ['server', 'domain']) {
    watch(projectPath(folder), { recursive: true, signal }, (_event, name) => {
      if (name && !name.endsWith('.test.ts')) schedule();
    });
  }
  signal.addEventListener('abort', () => clearTimeout(timer));
}
