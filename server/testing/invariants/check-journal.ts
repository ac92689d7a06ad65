/** I3: a run's journal is whole, and its steps and model calls stand where they say. */
import type { ChunkRow, RunRecord } from './chat-records.ts';
import { chunksOfRow, isDelta } from './read-journal-rows.ts';
import type { Finding } from './violation.ts';

const broken = (what: string): Finding => ({ invariant: 'I3', what });
const nameOf = ({ fromSeq, toSeq }: ChunkRow) => `${fromSeq}–${toSeq}`;

export function checkJournal(run: RunRecord): Finding[] {
  const steps = checkStepNumbers(run);
  if (run.journalPrunedAt) {
    return [...steps, ...(run.chunks.length > 0 ? [broken('chunks are left of a journal that was deleted')] : [])];
  }
  return [...steps, ...checkRanges(run), ...run.chunks.flatMap(checkBody), ...checkSteps(run), ...checkCalls(run)];
}

function checkRanges({ chunks, lastSeq }: RunRecord): Finding[] {
  const findings: Finding[] = [];
  let expected = 1;
  for (const row of chunks) {
    if (row.toSeq < row.fromSeq) findings.push(broken(`the chunks ${nameOf(row)} run backwards`));
    if (row.fromSeq < expected) findings.push(broken(`the chunks ${nameOf(row)} overlap those before ${expected}`));
    if (row.fromSeq > expected) findings.push(broken(`the chunks ${expected}–${row.fromSeq - 1} are missing`));
    expected = Math.max(expected, row.toSeq + 1);
  }
  if (expected !== lastSeq + 1) findings.push(broken(`the journal ends with ${expected - 1}, the run says ${lastSeq}`));
  return findings;
}

/** Merged deltas make a row hold fewer chunks than it has numbers, never more. */
function checkBody(row: ChunkRow): Finding[] {
  const chunks = chunksOfRow(row);
  if (!chunks) return [broken(`the chunks ${nameOf(row)} cannot be read`)];
  const numbers = row.toSeq - row.fromSeq + 1;
  const tooMany = chunks.length > numbers || chunks.length === 0;
  const tooFew = chunks.length < numbers && !chunks.some(isDelta);
  return tooMany || tooFew ? [broken(`${chunks.length} chunks stand under ${nameOf(row)}`)] : [];
}

function checkStepNumbers({ steps, stepCount }: RunRecord): Finding[] {
  const numbers = steps.map(({ stepNumber }) => stepNumber).join(', ');
  const expected = Array.from({ length: stepCount }, (_, i) => i + 1).join(', ');
  const rising = steps.every((step, i) => i === 0 || step.lastSeq > steps[i - 1]!.lastSeq);
  return [
    ...(numbers === expected ? [] : [broken(`the run says ${stepCount} steps, and has: ${numbers || 'none'}`)]),
    ...(rising ? [] : [broken('a step ends before the one that it follows')]),
  ];
}

/** A finish-step lands together with its step, and is the last of its row. */
function checkSteps({ chunks, steps }: RunRecord): Finding[] {
  const ends = new Map(chunks.map((row) => [row.toSeq, chunksOfRow(row)?.at(-1)?.type]));
  const finished = chunks.flatMap((row) => chunksOfRow(row) ?? []).filter(({ type }) => type === 'finish-step').length;
  return [
    ...steps
      .filter(({ lastSeq }) => ends.get(lastSeq) !== 'finish-step')
      .map(({ stepNumber, lastSeq }) => broken(`step ${stepNumber} should end with ${lastSeq}, and does not`)),
    ...(finished === steps.length ? [] : [broken(`the journal ends ${finished} steps, ${steps.length} are recorded`)]),
  ];
}

function checkCalls({ chunks, calls, steps }: RunRecord): Finding[] {
  const ends = new Set([0, ...chunks.map(({ toSeq }) => toSeq)]);
  return calls.flatMap(({ stepNumber, lastSeq }) => [
    ...(ends.has(lastSeq) ? [] : [broken(`the model call of step ${stepNumber} ends at ${lastSeq}, inside a row`)]),
    ...(stepNumber <= steps.length + 1 ? [] : [broken(`a model call of step ${stepNumber} after ${steps.length} steps`)]),
  ]);
}
