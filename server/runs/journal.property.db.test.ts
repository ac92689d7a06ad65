import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldChunks } from '#domain/fold-chunks';
import { mergeChunks } from '#domain/merge-chunks';
import type { ChatMessage } from '#domain/message-view';
import { isTerminal } from '#domain/run-status';
import { endLease } from '#server/testing/end-lease';
import { type JournalCommand, type PlayedScenario, playJournalScenario } from '#server/testing/journal-scenario';
import { useRunDatabase } from '#server/testing/run-database';
import { appendChunks } from './append.ts';
import { chunksOf, type JournalRow, journalledOutcome, readJournal } from './journal-reading.ts';
import { settleLostRun, settleOwnedRun } from './settle.ts';

const store = useRunDatabase();

const owner = fc.constantFrom(0, 0, 0, 1);
const plain = (...kinds: Array<Exclude<JournalCommand['kind'], 'write' | 'settle' | 'takeOver'>>) =>
  fc.record({ kind: fc.constantFrom(...kinds) }) as fc.Arbitrary<JournalCommand>;
const write = fc.record({ kind: fc.constant('write'), owner, count: fc.integer({ min: 1, max: 9 }) });
const takeOver = fc.record({ kind: fc.constant('takeOver'), waits: fc.boolean() });
const settle = fc.record({
  kind: fc.constant('settle'),
  owner,
  outcome: fc.constantFrom('succeeded', 'aborted'),
  drained: fc.boolean(),
});
const command: fc.Arbitrary<JournalCommand> = fc.oneof(
  { weight: 8, arbitrary: write },
  { weight: 3, arbitrary: takeOver },
  { weight: 3, arbitrary: plain('expire', 'claim', 'renew', 'loseAnswer') },
  { weight: 1, arbitrary: plain('freeze', 'stop', 'settleLost', 'giveUp') },
  { weight: 1, arbitrary: settle },
);

const rowOf = (id: string) => store.db.prisma.run.findUniqueOrThrow({ where: { id }, include: { steps: true } });

function expectContiguous(rows: readonly JournalRow[], lastSeq: number) {
  expect(rows.reduce((seq, row) => (expect(row.from_seq).toBe(seq + 1), row.to_seq), 0)).toBe(lastSeq);
}

/** What each owner wrote stands after its claim and before the next one's, from its first chunk on, without a hole. */
function expectFenced({ owners }: PlayedScenario, rows: readonly JournalRow[]) {
  for (const [i, { lease, claimedAtSeq, writer, written }] of owners.entries()) {
    const theirs = rows.filter((row) => row.epoch === lease.epoch && !journalledOutcome(chunksOf([row])));
    const lastSeq = theirs.at(-1)?.to_seq ?? claimedAtSeq;
    expect(theirs[0]?.from_seq ?? claimedAtSeq + 1).toBe(claimedAtSeq + 1);
    expect(lastSeq).toBeLessThanOrEqual(owners[i + 1]?.claimedAtSeq ?? Infinity);
    expect(writer.lastSeq()).toBeLessThanOrEqual(lastSeq);
    expect(mergeChunks(chunksOf(theirs))).toEqual(mergeChunks(written.slice(0, lastSeq - claimedAtSeq)));
  }
}

/** Whatever state it was left in. */
async function endBySweep({ runId, chatId }: PlayedScenario) {
  await endLease(store.db, runId);
  const { epoch } = await rowOf(runId);
  await settleLostRun(store.db, { runId, chatId, epoch }, { kind: 'aborted' });
}

async function expectSettledOnce({ runId, chatId, owners }: PlayedScenario) {
  const run = await rowOf(runId);
  expect(isTerminal(run.status)).toBe(true);
  const chunks = chunksOf(await readJournal(store.db.pool, runId));
  expect(run.stepCount).toBe(chunks.filter(({ type }) => type === 'finish-step').length);
  expect(run.steps.map(({ stepNumber }) => stepNumber).toSorted((a, b) => a - b)).toEqual(run.steps.map((_, i) => i + 1));
  expect(run.steps).toHaveLength(run.stepCount);
  expect(journalledOutcome(chunks)?.kind).toBe(run.status);
  const message = await store.db.prisma.message.findUniqueOrThrow({
    where: { chatId_id: { chatId, id: run.assistantMessageId } },
  });
  const base = { messageId: message.id, baseParts: run.baseParts as unknown as ChatMessage['parts'] };
  expect(JSON.parse(JSON.stringify(await foldChunks(base, chunks)))).toEqual(message.parts);
  for (const { lease } of owners) {
    const late = { lease, fromSeq: run.lastSeq + 1, toSeq: run.lastSeq + 1, body: '[]', step: null, call: null };
    expect(await appendChunks(store.db, [late], 15)).toEqual([{ kind: 'fenced' }]);
    const again = settleOwnedRun(store.db, lease, { outcome: { kind: 'succeeded' }, lastSeq: run.lastSeq });
    expect(await again).toBe('settled-before');
  }
  expect(await rowOf(runId)).toEqual(run);
}

describe('a run whose writers, sweepers and stops meet in any order', () => {
  it('keeps a journal without gaps that only owners write, and settles once, as what the journal folds to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(command, { minLength: 3, maxLength: 14 }), async (scheduler, commands) => {
        const played = await playJournalScenario(store.db, scheduler, commands);
        const rows = await readJournal(store.db.pool, played.runId);
        expectContiguous(rows, (await rowOf(played.runId)).lastSeq);
        expectFenced(played, rows);
        await endBySweep(played);
        await expectSettledOnce(played);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
  });
});
