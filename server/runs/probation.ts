/**
 * Probation: a run whose owners have died may be what killed them. On its last attempt it is watched: until it has
 * lived clearly longer than before, the process takes up no second such run. Then it is cleared: what kills the process
 * now was somebody else. So a run that crashes every process it runs in ends alone, and those that were only in its
 * company do not end with it.
 */
import type { ClaimedRun } from './claim.ts';

/** A crash that repeats comes after about the same time; a busy machine takes a little longer. */
const clearedAfterTimes = 1.5;
const clearedAfterLeastSeconds = 2;
/** Others on their last attempt do not wait for longer. */
const mostWaitSeconds = 60;

export type Probation = {
  /** what a claim may take now, for claimRun; undefined while nobody is watched */
  readonly belowAttempt: number | undefined;
  /** Watch the run if this is its last attempt. @returns false when another one is being watched */
  admit(claimed: ClaimedRun): boolean;
  /** Look at this run again when the watch ends; without a watch, never. */
  defer(runId: string): void;
  /** The run is over here. */
  end(claimed: ClaimedRun): void;
};

export type ProbationOptions = {
  /** 1 switches it off: then nothing has died yet */
  maxAttempts: number;
  /** called with each deferred run when the watch has ended */
  onFree: (runId: string) => void;
  /** called when a watched run has lived long enough */
  onCleared: (claimed: ClaimedRun) => void;
};

export function createProbation({ maxAttempts, onFree, onCleared }: ProbationOptions): Probation {
  const deferred = new Set<string>();
  const clearings = new Map<ClaimedRun, NodeJS.Timeout>();
  let watched: { claimed: ClaimedRun; timer: NodeJS.Timeout } | undefined;

  function stopWatching(claimed: ClaimedRun): void {
    if (watched?.claimed !== claimed) return;
    clearTimeout(watched.timer);
    watched = undefined;
    const waiting = [...deferred];
    deferred.clear();
    for (const runId of waiting) onFree(runId);
  }

  function clear(claimed: ClaimedRun): void {
    clearings.delete(claimed);
    onCleared(claimed);
    stopWatching(claimed);
  }

  return {
    get belowAttempt() {
      return watched && maxAttempts;
    },
    admit(claimed) {
      if (maxAttempts === 1 || claimed.run.attempt < maxAttempts) return true;
      if (watched) return false;
      const seconds = Math.max(clearedAfterLeastSeconds, claimed.longestAttemptSeconds * clearedAfterTimes);
      clearings.set(claimed, setTimeout(clear, seconds * 1_000, claimed).unref());
      const waitSeconds = Math.min(seconds, mostWaitSeconds);
      watched = { claimed, timer: setTimeout(stopWatching, waitSeconds * 1_000, claimed).unref() };
      return true;
    },
    defer(runId) {
      if (watched) deferred.add(runId);
    },
    end(claimed) {
      clearTimeout(clearings.get(claimed));
      clearings.delete(claimed);
      stopWatching(claimed);
    },
  };
}
