import { countLiveWorkers } from '#server/runs/health';
import type { Services } from './services.ts';

/** ok; degraded: nobody would answer, though nothing is lost; unavailable: no database. */
export type Health = { status: 'ok' | 'degraded' | 'unavailable'; database: boolean; workers: number };

/** Never rejects. */
export async function readHealth({ db, log }: Pick<Services, 'db' | 'log'>): Promise<Health> {
  try {
    const workers = await countLiveWorkers(db);
    return { status: workers > 0 ? 'ok' : 'degraded', database: true, workers };
  } catch (error) {
    log.warn({ err: error }, 'health: no database');
    return { status: 'unavailable', database: false, workers: 0 };
  }
}
