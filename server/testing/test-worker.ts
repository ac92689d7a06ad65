import { onTestFinished } from 'vitest';
import type { RunDatabase } from '#server/runs/run-database';
import { startWorker, type Worker, type WorkerOptions } from '#server/runs/worker';
import { openRunDatabase, silentLog } from './run-database.ts';
import { createScriptedAgent, type ScriptedAgent } from './scripted-agent.ts';

export type TestWorker = { worker: Worker; agent: ScriptedAgent; db: RunDatabase };

/** A worker on its own connections, as another process would be; drained when the test ends. */
export async function startTestWorker(url: string, options: Partial<WorkerOptions> = {}): Promise<TestWorker> {
  const db = await openRunDatabase(url);
  const agent = createScriptedAgent();
  const worker = await startWorker(db, {
    connectionString: url,
    agent,
    concurrency: 8,
    leaseSeconds: 15,
    maxAttempts: 3,
    timeouts: { firstChunkSeconds: 60, chunkSeconds: 60, stepSeconds: 300, toolSeconds: 60, totalSeconds: 600 },
    version: 'test',
    log: silentLog,
    ...options,
  });
  onTestFinished(async () => {
    await worker.drain(0);
    await db.close();
  });
  return { worker, agent, db };
}
