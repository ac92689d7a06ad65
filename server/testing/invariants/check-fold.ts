/** I5: what the journal folds to is what the message holds; and, of I6, that a continuation keeps completed steps. */
import type { AnswerFolds } from './answer-folds.ts';
import { beginsWith, isSameJson } from './canonical-json.ts';
import type { ChatRecord, RunRecord } from './chat-records.ts';
import { chunksOfRows } from './read-journal-rows.ts';
import type { Finding } from './violation.ts';

/** A run that was stopped before it began has no journal, and its message is what it was. */
export async function checkFold(run: RunRecord, folds: AnswerFolds): Promise<Finding[]> {
  const stored = folds.stored(run);
  const journalled = await folds.journalled(run);
  if (!stored || !journalled || run.lastSeq === 0 || isSameJson(stored, journalled)) return [];
  const at = stored.findIndex((part, i) => !isSameJson(part, journalled[i]));
  const place = at === -1 ? `after ${stored.length} parts` : `at part ${at + 1}`;
  return [{ invariant: 'I5', what: `the journal folds to something else than the stored message, ${place}` }];
}

/** What an earlier run completed of the same answer must stand at the beginning of a continuation. */
export async function checkContinuation(chat: ChatRecord, run: RunRecord, folds: AnswerFolds): Promise<Finding[]> {
  const writers = chat.runs.filter(({ assistantMessageId }) => assistantMessageId === run.assistantMessageId);
  const before = writers[writers.indexOf(run) - 1];
  if (!before || before.journalPrunedAt) return [];
  const chunks = chunksOfRows(before.chunks);
  const completed = chunks.slice(0, chunks.findLastIndex(({ type }) => type === 'finish-step') + 1);
  const kept = await folds.fold(before, completed);
  if (beginsWith(run.baseParts, kept)) return [];
  return [{ invariant: 'I6', what: `it continues the run ${before.id} without the steps that were completed` }];
}
