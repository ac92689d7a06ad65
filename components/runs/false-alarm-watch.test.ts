import { describe, expect, it } from 'vitest';
import { sampleRun } from '#components/testing/sample-views.ts';
import type { ChunksEvent } from '#domain/run-event';
import { createFalseAlarmWatch } from './false-alarm-watch.ts';

const interrupted = sampleRun({ epoch: 3, interruptedAt: '2026-01-01T00:00:02.000Z' });
const chunks = (given: Partial<ChunksEvent> = {}): ChunksEvent => ({
  type: 'chunks',
  runId: 'run-1',
  messageId: 'a1',
  epoch: 3,
  fromSeq: 1,
  toSeq: 1,
  replace: false,
  chunks: [],
  ...given,
});

function watch() {
  const alive: Array<{ runId: string; epoch: number }> = [];
  return { alive, alarm: createFalseAlarmWatch((owner) => alive.push(owner)) };
}

describe('createFalseAlarmWatch', () => {
  it('believes the second chunks of an owner that was given up, and says so once', () => {
    const { alive, alarm } = watch();
    alarm.hearChunks(chunks(), interrupted);
    expect(alive).toEqual([]);
    for (let times = 0; times < 3; times += 1) alarm.hearChunks(chunks(), interrupted);
    expect(alive).toEqual([{ runId: 'run-1', epoch: 3 }]);
  });

  it('waits anew when the run is told of again', () => {
    const { alive, alarm } = watch();
    for (let times = 0; times < 3; times += 1) {
      alarm.hearRun();
      alarm.hearChunks(chunks(), interrupted);
    }
    expect(alive).toEqual([]);
  });

  it('takes nothing of another owner, another run or a run that was not given up for a sign of life', () => {
    const { alive, alarm } = watch();
    for (let times = 0; times < 3; times += 1) {
      alarm.hearChunks(chunks({ epoch: 2 }), interrupted);
      alarm.hearChunks(chunks({ runId: 'run-0' }), interrupted);
      alarm.hearChunks(chunks(), { ...interrupted, resumedAt: '2026-01-01T00:00:03.000Z' });
      alarm.hearChunks(chunks(), null);
    }
    expect(alive).toEqual([]);
  });
});
