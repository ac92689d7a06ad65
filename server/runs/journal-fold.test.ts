/** Whatever way an answer takes from the model to a page, it ends as the same message. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFold, foldChunks } from '#domain/fold-chunks';
import { mergeChunks } from '#domain/merge-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import { arbitraryAnswer } from '#server/testing/arbitrary-answer';
import { chunksFromParts } from './chunks-from-parts.ts';
import type { Lease } from './lease.ts';
import { createOpenRun, markLanded, queueChunk, toEntry } from './open-run.ts';

type Row = { fromSeq: number; toSeq: number; chunks: Chunk[] };
type Parts = ChatMessage['parts'];

/** What a flusher does between two chunks. */
const flusher = fc.infiniteStream(fc.constantFrom('nothing', 'nothing', 'send', 'hear'));

/** The journal's rows for these chunks, with flushes that begin and end at random. */
function toRows(chunks: readonly Chunk[], moments: Iterator<string>): Row[] {
  const run = createOpenRun({} as Lease, 0, (alarm) => expect.fail(alarm));
  const rows: Row[] = [];
  const hear = () => {
    if (!run.inFlight) return;
    run.inFlight = false;
    markLanded(run);
  };
  const send = () => {
    if (run.inFlight || run.groups.length === 0) return;
    const { fromSeq, toSeq, body } = toEntry(run);
    rows.push({ fromSeq, toSeq, chunks: JSON.parse(body!) as Chunk[] });
  };
  for (const chunk of chunks) {
    queueChunk(run, chunk, null);
    const moment = moments.next().value as string;
    if (moment === 'send') send();
    if (moment === 'hear') hear();
  }
  for (hear(); run.groups.length > 0; hear()) send();
  return rows;
}

/** What a page folds that begins with what is there at `first`, then hears some rows live and reads others in bulk. */
async function foldAsPage(base: Parts, rows: readonly Row[], pieces: Iterator<number>): Promise<Parts> {
  const fold = createFold({ messageId: 'answer', baseParts: base });
  let parts = base;
  for (let at = 0; at < rows.length; ) {
    const count = Math.max(1, pieces.next().value as number);
    parts = await fold.push(mergeChunks(rows.slice(at, at + count).flatMap((row) => row.chunks)));
    at += count;
  }
  return parts;
}

/** Without what was wiped: from a step's start up to its reset. */
function withoutDrafts(chunks: readonly Chunk[]): Chunk[] {
  const kept: Chunk[] = [];
  for (const chunk of chunks) {
    if (chunk.type === 'reset-step') kept.splice(kept.findLastIndex(({ type }) => type === 'start-step') + 1);
    else kept.push(chunk);
  }
  return kept;
}

const foldFrom = (baseParts: Parts, chunks: readonly Chunk[]) => foldChunks({ messageId: 'answer', baseParts }, chunks);

/** An answer, and what stood in its message before: nothing, or the steps of a run that it continues. */
const continued = fc
  .tuple(fc.option(arbitraryAnswer, { nil: [] }), arbitraryAnswer)
  .map(([before, chunks]) => ({ before: withoutDrafts(before), chunks }));

describe('a journal', () => {
  it('has ranges without a gap, and folds as the chunks that were written', async () => {
    await fc.assert(
      fc.asyncProperty(continued, flusher, async ({ before, chunks }, moments) => {
        const base = await foldFrom([], before);
        const rows = toRows(chunks, moments);
        rows.reduce((seq, { fromSeq, toSeq }) => (expect(fromSeq).toBe(seq + 1), toSeq), 0);
        expect(rows.at(-1)?.toSeq).toBe(chunks.length);
        expect(await foldFrom(base, rows.flatMap((row) => row.chunks))).toEqual(await foldFrom(base, chunks));
      }),
      { numRuns: 150 },
    );
  });

  it('folds in a page as on the server, however much of it the page has missed', async () => {
    await fc.assert(
      fc.asyncProperty(continued, flusher, fc.infiniteStream(fc.nat(6)), async ({ before, chunks }, moments, pieces) => {
        const base = await foldFrom([], before);
        const rows = toRows(chunks, moments);
        const marked: Chunk[] = [...chunks, { type: 'message-metadata', messageMetadata: {} as never }];
        expect(await foldAsPage(base, rows, pieces)).toEqual(await foldFrom(base, marked));
      }),
      { numRuns: 150 },
    );
  });

  it('leaves no trace of a draft in the message, and none of its own in what stood before', async () => {
    await fc.assert(
      fc.asyncProperty(continued, async ({ before, chunks }) => {
        const base = await foldFrom([], before);
        const parts = await foldFrom(base, chunks);
        expect(parts).toEqual(await foldFrom(base, withoutDrafts(chunks)));
        expect(parts.slice(0, base.length)).toEqual(base);
      }),
      { numRuns: 150 },
    );
  });

  it('is replaced, once it is deleted, by chunks that fold to the same message', async () => {
    await fc.assert(
      fc.asyncProperty(continued, async ({ before, chunks }) => {
        const base = await foldFrom([], before);
        const parts = await foldFrom(base, chunks);
        const again = await foldFrom(base, chunksFromParts('answer', parts.slice(base.length)));
        expect(again.map(shown)).toEqual(parts.map(shown));
      }),
      { numRuns: 150 },
    );
  });
});

/** Without what says nothing to a reader: ids of the stream that a part came from, and the raw form of an input. */
const shown = (part: Parts[number]): unknown =>
  JSON.parse(JSON.stringify(part, (key, value: unknown) => (key === 'id' || key === 'rawInput' ? undefined : value)));
