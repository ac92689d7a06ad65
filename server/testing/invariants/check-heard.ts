/** I6: what a stream said about a run against what the database knows of it. */
import { mergeChunks } from '#domain/merge-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { ChunksEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import { chunksFromParts } from '#server/runs/chunks-from-parts';
import type { AnswerFolds } from './answer-folds.ts';
import { beginsWith, isSameJson } from './canonical-json.ts';
import type { RunRecord } from './chat-records.ts';
import type { HeardRun } from './heard-run.ts';
import { chunksOfRows, isChunk } from './read-journal-rows.ts';
import type { Finding } from './violation.ts';

const broken = (what: string): Finding => ({ invariant: 'I6', what });

export type HeardOptions = { toTheEnd: boolean };

export async function checkHeard(
  heard: HeardRun,
  { run, folds }: { run: RunRecord; folds: AnswerFolds },
  { toTheEnd }: HeardOptions,
): Promise<Finding[]> {
  const unreadable = heard.chunks.find(({ chunks }) => !chunks.every(isChunk));
  if (unreadable) return [broken(`a client heard chunks that are none, after ${unreadable.fromSeq - 1}`)];
  return [
    ...checkViews(heard, run),
    ...heard.chunks.flatMap((event) => checkContent(event, run)),
    ...(toTheEnd ? checkReach(heard, run) : []),
    ...(await checkFolds(heard, run, folds)),
  ];
}

function checkViews({ views }: HeardRun, run: RunRecord): Finding[] {
  const end = views.find(({ status }) => isTerminal(status));
  const strange = views.some(({ baseParts }) => !isSameJson(baseParts, run.baseParts));
  return [
    ...(strange ? [broken('a client was told other base parts than the run has')] : []),
    ...(end && end.status !== run.status
      ? [{ invariant: 'I2', what: `a client heard that it ${end.status}, the run is ${run.status}` } as const]
      : []),
  ];
}

/** Every range that was told is a range of whole rows, and says what they say. */
function checkContent(event: ChunksEvent, run: RunRecord): Finding[] {
  const range = `the range ${event.fromSeq}–${event.toSeq} that a client heard`;
  if (event.messageId !== run.assistantMessageId) return [broken(`${range} is for the message ${event.messageId}`)];
  if (event.epoch > run.epoch) return [broken(`${range} is of epoch ${event.epoch}, the run is at ${run.epoch}`)];
  if (event.toSeq > run.lastSeq) return [broken(`${range} goes past the run's last chunk ${run.lastSeq}`)];
  if (run.journalPrunedAt) return [];
  const rows = run.chunks.filter(({ fromSeq, toSeq }) => toSeq >= event.fromSeq && fromSeq <= event.toSeq);
  const last = rows.at(-1);
  if (rows[0]?.fromSeq !== event.fromSeq || last?.toSeq !== event.toSeq) return [broken(`${range} is not in the journal`)];
  if (last.epoch !== event.epoch) return [broken(`${range} is of epoch ${event.epoch}, in the journal of ${last.epoch}`)];
  const isSame = isSameJson(mergeChunks(chunksOfRows(rows)), mergeChunks(event.chunks));
  return isSame ? [] : [broken(`${range} says something else in the journal`)];
}

function checkReach({ chunks, views }: HeardRun, run: RunRecord): Finding[] {
  if (!isTerminal(run.status)) return [];
  const reached = chunks.at(-1)?.toSeq;
  const isToldEnded = views.some(({ status }) => isTerminal(status));
  return [
    ...(reached === undefined || reached === run.lastSeq
      ? []
      : [broken(`a client that followed to the end heard up to ${reached} of ${run.lastSeq}`)]),
    ...(isToldEnded ? [] : [broken('a client that followed to the end was not told of it')]),
  ];
}

async function checkFolds({ segments }: HeardRun, run: RunRecord, folds: AnswerFolds): Promise<Finding[]> {
  const known = await folds.known(run);
  if (!known) return [];
  const findings: Finding[] = [];
  for (const segment of segments) {
    const chunks = heardFromTheStart(segment, run);
    if (!chunks || isReplay(segment, run, known)) continue;
    for (const [i, { type }] of chunks.entries()) {
      if (type !== 'finish-step' || beginsWith(known, await folds.fold(run, chunks.slice(0, i + 1)))) continue;
      findings.push(broken('a step that a client saw completed has changed'));
    }
    const heardEnd = isTerminal(run.status) && segment.at(-1)!.toSeq === run.lastSeq;
    if (!heardEnd || isSameJson(known, await folds.fold(run, chunks))) continue;
    findings.push(broken('what a client heard folds to something else than the answer'));
  }
  return findings;
}

/** Of a stream that was resumed, what came before its cursor is taken from the journal; null where that is gone. */
function heardFromTheStart(segment: ChunksEvent[], run: RunRecord): Chunk[] | null {
  const [first] = segment;
  const heard = segment.flatMap((event) => event.chunks);
  if (!first || first.fromSeq === 1) return heard;
  if (run.journalPrunedAt) return null;
  return [...chunksOfRows(run.chunks.filter(({ toSeq }) => toSeq < first.fromSeq)), ...heard];
}

/** Once the journal is deleted the message is told instead, without the parts of which no chunk can be made. */
function isReplay([only, ...others]: ChunksEvent[], run: RunRecord, parts: ChatMessage['parts']): boolean {
  if (!only || others.length > 0 || !run.journalPrunedAt) return false;
  const told = chunksFromParts(run.assistantMessageId, parts.slice(run.baseParts.length));
  return isSameJson(mergeChunks(told), mergeChunks(only.chunks));
}
