/** What is in use is known once nothing else is there: processes of the bench collect their garbage when told. */
import type { StartedProcess } from '#server/testing/started-process';

const order = 'collect';
const done = 'collected';

/** For the process's environment. */
export const collectable = { NODE_OPTIONS: '--expose-gc' };

/** In the process itself. */
export function collectOnOrder(): void {
  process.on('message', (message) => {
    if (message !== order) return;
    globalThis.gc!();
    process.send!(done);
  });
}

/** Resolves when none of them holds anything that it does not need. */
export async function collectGarbage(processes: readonly StartedProcess[]): Promise<void> {
  await Promise.all(processes.map(collect));
}

function collect(process: StartedProcess): Promise<void> {
  return new Promise((resolve) => {
    process.onMessage((message) => message === done && resolve());
    process.send(order);
  });
}
