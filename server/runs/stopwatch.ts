/** The "useful" clock: a provider that keeps its connection open and says nothing must not hold a chat. */
import type { Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';
import { createOpenParts } from './open-parts.ts';

/** In seconds. */
export type RunTimeouts = { firstChunkSeconds: number; chunkSeconds: number; totalSeconds: number };

/** Chunks that come from us rather than from the provider do not count as its first. */
const ownChunks = new Set<Chunk['type']>(['start', 'start-step', 'reset-step']);

export type Stopwatch = { see(chunk: Chunk): void; close(): void };

/**
 * @param elapsedSeconds since the run's first claim, by the database's clock: the total counts over all its owners
 * @param onTimeout called once, with what it means
 */
export function createStopwatch(
  timeouts: RunTimeouts,
  elapsedSeconds: number,
  onTimeout: (code: Extract<RunErrorCode, 'PROVIDER_TIMEOUT' | 'RUN_TIMEOUT'>) => void,
): Stopwatch {
  const openParts = createOpenParts();
  const total = setTimeout(onTimeout, Math.max(0, timeouts.totalSeconds - elapsedSeconds) * 1_000, 'RUN_TIMEOUT');
  let silence: NodeJS.Timeout | undefined;
  const wait = (seconds: number) => {
    clearTimeout(silence);
    silence = setTimeout(onTimeout, seconds * 1_000, 'PROVIDER_TIMEOUT');
  };
  wait(timeouts.firstChunkSeconds);
  return {
    see(chunk) {
      openParts.see(chunk);
      // While a tool works the provider has nothing to say; each new model call has its first chunk to come.
      if (openParts.pendingTools() > 0) clearTimeout(silence);
      else if (ownChunks.has(chunk.type) || chunk.type === 'finish-step') wait(timeouts.firstChunkSeconds);
      else wait(timeouts.chunkSeconds);
    },
    close() {
      clearTimeout(silence);
      clearTimeout(total);
    },
  };
}
