/** What a run leaves behind: how it ended, what its journal still lacks, and what the journal folds to. */
import type { ChatMessage, Chunk } from '#domain/message-view';
import { foldWhatFits } from '#domain/fold-chunks';
import { describeRunError } from '#domain/run-error';
import { draftsOf, journalledOutcome, type RunOutcome } from './journal-reading.ts';
import { createOpenParts } from './open-parts.ts';
import type { RunRow } from './run-row.ts';

export type RunEnding = {
  outcome: RunOutcome;
  /** chunks that close what is open and say the end; empty when the journal says it already */
  tail: Chunk[];
  /** of the message */
  parts: ChatMessage['parts'];
  drafts: Chunk[][];
};

/** @param wished an end that the journal already holds wins over it */
export async function endRun(run: RunRow, chunks: readonly Chunk[], wished: RunOutcome): Promise<RunEnding> {
  const journalled = journalledOutcome(chunks);
  const outcome = journalled ?? wished;
  const tail = journalled ? [] : closingChunks(chunks, outcome);
  const whole = [...chunks, ...tail];
  const base = { messageId: run.assistant_message_id, baseParts: run.base_parts };
  const { parts, failure } = await foldWhatFits(base, whole);
  const ending = { outcome, tail, parts, drafts: draftsOf(whole) };
  return failure ? { ...ending, outcome: { kind: 'failed', code: 'INTERNAL', detail: failure.message } } : ending;
}

/** As endRun, for a journal whose fold the database refuses: the message keeps what stood before the run. */
export function endRunUnfolded(run: RunRow, chunks: readonly Chunk[], outcome: RunOutcome): RunEnding {
  return { outcome, tail: closingChunks(chunks, outcome), parts: run.base_parts, drafts: [] };
}

/** What a journal that breaks off still lacks: its open parts closed, then its end. */
function closingChunks(chunks: readonly Chunk[], outcome: RunOutcome): Chunk[] {
  const open = createOpenParts(chunks);
  switch (outcome.kind) {
    case 'succeeded':
      return [...open.close('The tool did not answer.'), { type: 'finish' }];
    case 'aborted':
      return [...open.close('Stopped before the tool answered.'), { type: 'abort' }];
    case 'failed':
      return [
        ...open.close('The answer broke off before the tool answered.'),
        { type: 'error', errorText: describeRunError(outcome.code).message },
      ];
  }
}
