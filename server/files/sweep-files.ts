import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RunDatabase } from '#server/runs/run-database';

type Db = Pick<RunDatabase, 'pool'>;

const batchSize = 100;
const hourMs = 3_600_000;
/** A draft that waits longer loses its files; the page says so. */
const unsentForHours = 24;

/**
 * Delete files that nobody has sent for a day. Bounded; any number of sweepers may do it at once.
 *
 * @returns how many
 * @throws when one of them was sent at this very moment: the foreign key keeps it, and the next round looks anew
 */
export async function sweepUnsentFiles(db: Db): Promise<number> {
  const { rowCount } = await db.pool.query(
    `DELETE FROM file WHERE id IN (
       SELECT id FROM file
        WHERE created_at < now() - make_interval(hours => $1)
          AND NOT EXISTS (SELECT FROM chat_file WHERE chat_file.file_id = file.id)
        ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [unsentForHours, batchSize],
  );
  return rowCount ?? 0;
}

/** Sweep every hour until closed; close waits for the round under way. */
export function startFileSweeper(db: Db, log: Logger): { close(): Promise<void> } {
  const stopping = new AbortController();
  const rounds = repeat(db, log, stopping);
  return {
    async close() {
      stopping.abort();
      await rounds;
    },
  };
}

async function repeat(db: Db, log: Logger, stopping: AbortController): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      const count = await sweepUnsentFiles(db);
      if (count > 0) log.info({ sweep: 'unsentFiles', count }, 'swept');
      if (count === batchSize) continue;
    } catch (error) {
      log.warn({ err: error, sweep: 'unsentFiles' }, 'sweep failed');
    }
    await delay(hourMs, undefined, stopping).catch(() => undefined);
  }
}
