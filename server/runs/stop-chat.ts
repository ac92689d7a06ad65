import type { RunView } from '#domain/run-view';
import { isTerminal } from '#domain/run-status';
import { findActiveRun, findLatestRun } from './reads.ts';
import type { RunDatabase } from './run-database.ts';
import { requestStop } from './transitions.ts';

/**
 * Ask the run that holds the chat's slot to stop, whichever that is. One that ends by itself at this moment may be
 * followed by the run of a queued message: then that one is meant.
 *
 * @returns the run as it stands now, the latest one where none is active; null when there is none
 */
export async function stopChat(db: RunDatabase, { chatId, userId }: { chatId: string; userId: string | null }): Promise<RunView | null> {
  for (;;) {
    const active = await findActiveRun(db, chatId);
    if (!active) return findLatestRun(db, chatId);
    const run = await requestStop(db, { runId: active.id, userId });
    if (run === null || !isTerminal(run.status) || run.stopRequestedAt !== null) return run;
  }
}
