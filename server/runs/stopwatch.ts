/** The "useful" clock: a provider that keeps its connection open and says nothing must not hold a chat. */
import type { Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';

/** In seconds. */
export type RunTimeouts = {
  firstChunkSeconds: number;
  chunkSeconds: number;
  /** a model call with its tools */
  stepSeconds: number;
  /** one tool */
  toolSeconds: number;
  totalSeconds: number;
};

/** Chunks that come from us rather than from the provider do not count as its first. */
const ownChunks = new Set<Chunk['type']>(['start', 'start-step', 'reset-step']);

const lookEveryMs = 100;

export type Stopwatch = {
  see(chunk: Chunk): void;
  /** The model call has ended: until the end of the step our own tools work, under their own clocks. */
  toolsBegin(): void;
  close(): void;
};

/**
 * @param elapsedSeconds since the run's first claim, by the database's clock: the total counts over all its owners
 * @param onTimeout what it means; the first call counts
 */
export function createStopwatch(
  timeouts: RunTimeouts,
  elapsedSeconds: number,
  onTimeout: (code: Extract<RunErrorCode, 'PROVIDER_TIMEOUT' | 'STEP_TIMEOUT' | 'RUN_TIMEOUT'>) => void,
): Stopwatch {
  const total = setTimeout(onTimeout, Math.max(0, timeouts.totalSeconds - elapsedSeconds) * 1_000, 'RUN_TIMEOUT');
  let deadlineMs = Infinity;
  let stepDeadlineMs = Infinity;
  let toolsWork = false;
  const allowStep = () => {
    stepDeadlineMs = performance.now() + timeouts.stepSeconds * 1_000;
  };
  const wait = (seconds: number) => {
    deadlineMs = performance.now() + seconds * 1_000;
  };
  // One look now and then instead of a timer for each of thousands of chunks.
  const look = setInterval(() => {
    const nowMs = performance.now();
    if (nowMs < deadlineMs && nowMs < stepDeadlineMs) return;
    clearInterval(look);
    onTimeout(nowMs < deadlineMs ? 'STEP_TIMEOUT' : 'PROVIDER_TIMEOUT');
  }, lookEveryMs);
  wait(timeouts.firstChunkSeconds);
  allowStep();
  return {
    see(chunk) {
      if (chunk.type === 'finish-step') {
        toolsWork = false;
        allowStep();
      }
      // While a tool works the provider has nothing to say; each new model call has its first chunk to come.
      if (toolsWork) return;
      wait(chunk.type === 'finish-step' || ownChunks.has(chunk.type) ? timeouts.firstChunkSeconds : timeouts.chunkSeconds);
    },
    toolsBegin() {
      toolsWork = true;
      deadlineMs = Infinity;
    },
    close() {
      clearInterval(look);
      clearTimeout(total);
    },
  };
}
