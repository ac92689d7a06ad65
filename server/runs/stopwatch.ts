/** The "useful" clock: a provider that keeps its connection open and says nothing must not hold a chat. */
import type { Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';
import { createOpenParts } from './open-parts.ts';

/** In seconds. */
export type RunTimeouts = { firstChunkSeconds: number; chunkSeconds: number; totalSeconds: number };

/** Chunks that come from us rather than from the provider do not count as its first. */
const ownChunks = new Set<Chunk['type']>(['start', 'start-step', 'reset-step']);

const lookEveryMs = 100;

export type Stopwatch = { see(chunk: Chunk): void; close(): void };

/**
 * @param elapsedSeconds since the run's first claim, by the database's clock: the total counts over all its owners
 * @param onTimeout what it means; the first call counts
 */
export function createStopwatch(
  timeouts: RunTimeouts,
  elapsedSeconds: number,
  onTimeout: (code: Extract<RunErrorCode, 'PROVIDER_TIMEOUT' | 'RUN_TIMEOUT'>) => void,
): Stopwatch {
  const openParts = createOpenParts();
  const total = setTimeout(onTimeout, Math.max(0, timeouts.totalSeconds - elapsedSeconds) * 1_000, 'RUN_TIMEOUT');
  let deadlineMs = Infinity;
  const wait = (seconds: number) => {
    deadlineMs = performance.now() + seconds * 1_000;
  };
  // One look now and then instead of a timer for each of thousands of chunks.
  const silence = setInterval(() => {
    if (performance.now() < deadlineMs) return;
    clearInterval(silence);
    onTimeout('PROVIDER_TIMEOUT');
  }, lookEveryMs);
  wait(timeouts.firstChunkSeconds);
  return {
    see(chunk) {
      openParts.see(chunk);
      // While a tool works the provider has nothing to say; each new model call has its first chunk to come.
      if (openParts.pendingTools() > 0) deadlineMs = Infinity;
      else if (ownChunks.has(chunk.type) || chunk.type === 'finish-step') wait(timeouts.firstChunkSeconds);
      else wait(timeouts.chunkSeconds);
    },
    close() {
      clearInterval(silence);
      clearTimeout(total);
    },
  };
}
