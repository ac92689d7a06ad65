import type { Chunk } from '#domain/message-view';
import type { ClaimedRun } from './claim.ts';
import { createChunkCleaner } from './clean-chunk.ts';
import { answeredTools } from './journal-reading.ts';
import type { Progress } from './progress.ts';

/** Chunks on their way into the journal: cleaned, under our message id, nothing said twice by a continuation. */
export function createIntake(
  { run }: ClaimedRun,
  { chunks, isHalfWritten }: Pick<Progress, 'chunks' | 'isHalfWritten'>,
): (chunk: Chunk) => Chunk | null {
  const clean = createChunkCleaner();
  // A step that is wiped may call its tools by the same ids again.
  const answered = isHalfWritten ? new Set<string>() : answeredTools(chunks);
  let dropsStart = chunks.some((chunk) => chunk.type === 'start');
  // reset-step leaves the step it empties open.
  let dropsStepStart = isHalfWritten;
  return (chunk) => {
    if (chunk.type === 'start') {
      if (dropsStart) return null;
      dropsStart = true;
      return { type: 'start', messageId: run.assistant_message_id };
    }
    if (chunk.type === 'start-step' && dropsStepStart) {
      dropsStepStart = false;
      return null;
    }
    if (chunk.type === 'finish-step') answered.clear();
    if ('toolCallId' in chunk && answered.has(chunk.toolCallId)) return null;
    return clean(chunk);
  };
}
