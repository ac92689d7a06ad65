import { describe, expect, it } from 'vitest';
import { sampleRun } from '#components/testing/sample-views.ts';
import type { RunRecord } from '#domain/run-view';
import { drawTimeline, paceOf } from './run-timeline.ts';

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const empty: RunRecord = { firstWordAt: null, attempts: [], steps: [], tools: [], drafts: [] };
const step = (stepNumber: number, epoch: number, second: number): RunRecord['steps'][number] => ({
  stepNumber,
  epoch,
  finishReason: 'stop',
  usage: { inputTokens: null, outputTokens: null },
  completedAt: at(second),
});

describe('drawTimeline', () => {
  it('shows a run that nobody has taken as waiting, without an end', () => {
    expect(drawTimeline(sampleRun({ status: 'pending' }), empty)).toEqual({
      lengthMs: 1,
      rows: [{ subject: { kind: 'queued' }, fromMs: 0, toMs: null }],
    });
  });

  it('puts attempts, steps and tools in the order in which they began', () => {
    const record: RunRecord = {
      ...empty,
      firstWordAt: at(2),
      attempts: [
        { epoch: 1, startedAt: at(1), endedAt: at(4), endReason: 'worker_died' },
        { epoch: 2, startedAt: at(5), endedAt: at(9), endReason: 'settled' },
      ],
      steps: [step(1, 1, 3), step(2, 2, 8)],
      tools: [
        { stepNumber: 1, ordinal: 1, toolName: 'look_up', starts: 1, startedAt: at(2), finishedAt: at(3), outcome: 'result' },
      ],
    };
    const { lengthMs, rows } = drawTimeline(sampleRun({ status: 'succeeded', finishedAt: at(9) }), record);
    expect(lengthMs).toBe(9_000);
    expect(rows.map(({ subject, fromMs, toMs }) => [subject.kind, fromMs, toMs])).toEqual([
      ['queued', 0, 1_000],
      ['attempt', 1_000, 4_000],
      ['step', 1_000, 3_000],
      ['firstWord', 2_000, 2_000],
      ['tool', 2_000, 3_000],
      ['attempt', 5_000, 9_000],
      ['step', 5_000, 8_000],
      ['end', 9_000, 9_000],
    ]);
  });
});

describe('paceOf', () => {
  it('is what was written, by the time from the first word to the end', () => {
    const usage = { inputTokens: 1, outputTokens: 40, totalTokens: 41, estimated: false };
    const run = sampleRun({ status: 'succeeded', finishedAt: at(6), usage });
    expect(paceOf(run, { ...empty, firstWordAt: at(2) })).toBe(10);
    expect(paceOf(run, empty)).toBeNull();
    expect(paceOf({ ...run, usage: null }, { ...empty, firstWordAt: at(2) })).toBeNull();
  });
});
