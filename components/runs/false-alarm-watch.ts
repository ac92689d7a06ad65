import type { ChunksEvent } from '#domain/run-event';
import type { RunView } from '#domain/run-view';
import { isInterrupted } from './run-phase.ts';

/**
 * Notices that the owner of a run was given up too soon: the run was told to be interrupted, and the same owner goes on
 * writing. The first chunks after a run's state may be those of before, told in the same breath; later ones are new.
 */
export type FalseAlarmWatch = {
  hearRun(): void;
  /** @param run as last told of */
  hearChunks(event: ChunksEvent, run: RunView | null): void;
};

export function createFalseAlarmWatch(onAlive: (owner: { runId: string; epoch: number }) => void): FalseAlarmWatch {
  let heard = 0;
  return {
    hearRun() {
      heard = 0;
    },
    hearChunks({ runId, epoch }, run) {
      if (run?.id !== runId || run.epoch !== epoch || !isInterrupted(run)) return;
      heard += 1;
      if (heard === 2) onAlive({ runId, epoch });
    },
  };
}
