/** What is in use is known once nothing else is there: processes of the bench collect their garbage when told. */
import type { StartedProcess } from '#server/testing/started-process';

/** For the process's environment. */
export const collectable = { NODE_OPTIONS: '--expose-gc' };

/** In the process itself: whatever it is told, it collects its garbage and answers with the bytes that are left. */
export function collectOnOrder(): void {
  process.on('message', () => {
    globalThis.gc!();
    const { heapUsed, external } = process.memoryUsage();
    process.send!(heapUsed + external);
  });
}

/** Bytes that these processes hold in JavaScript and in buffers, and cannot do without. */
export async function readBytesInUse(processes: readonly StartedProcess[]): Promise<number> {
  const bytes = await Promise.all(processes.map((process) => process.ask('collect')));
  return (bytes as number[]).reduce((sum, each) => sum + each, 0);
}
