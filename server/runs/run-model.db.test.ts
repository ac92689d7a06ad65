import { describe, expect, it } from 'vitest';
import { replayRunTrace } from '#server/testing/replay-run-trace';
import { insertWorker } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import type { ModelEvent } from '#server/testing/run-model-events';
import { sampleRunTraces } from '#server/testing/sample-run-traces';

const store = useRunDatabase();
/** Another one chooses other traces. */
const seed = Number(process.env.TEST_SEED ?? 24);
const faults = 2;
/** Traces replayed at once; each has a chat of its own. */
const atOnce = 6;

describe('the real statements', () => {
  it('answer and write what the model says, on traces of every kind of move', { timeout: 120_000 }, async () => {
    const traces = sampleRunTraces({ faults, seed, perKind: 1, stroll: 6 });
    expect(traces.length).toBeGreaterThan(200);
    const workerIds = [await insertWorker(store.db), await insertWorker(store.db)];
    const waiting = traces.values();
    const replayAll = async (line: IterableIterator<ModelEvent[]>) => {
      for (const trace of line) await replayRunTrace({ db: store.db, workerIds }, trace, faults);
    };
    const lines = await Promise.allSettled(Array.from({ length: atOnce }, () => replayAll(waiting)));
    expect(lines.flatMap((line) => (line.status === 'rejected' ? [String(line.reason)] : [])), `seed ${seed}`).toEqual([]);
  });
});
