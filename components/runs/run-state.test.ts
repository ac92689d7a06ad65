import { describe, expect, it } from 'vitest';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import { reduceRunState, type RunState } from './run-state.ts';

const question = sampleMessage('u1', { role: 'user', text: 'why?' });
const empty = sampleMessage('a1', { parentId: 'u1', status: 'streaming' });
const partial = sampleMessage('a1', { parentId: 'u1', status: 'streaming', text: 'be' });
const whole = sampleMessage('a1', { parentId: 'u1', text: 'because' });
const writing: RunState = { messages: [question, partial], run: sampleRun() };

describe('reduceRunState', () => {
  it('puts folded parts into the answer in progress', () => {
    const state = reduceRunState(writing, { type: 'folded', messageId: 'a1', parts: whole.parts });
    expect(state.messages[1]?.parts).toEqual(whole.parts);
  });

  it('ignores parts that are folded after the answer has settled', () => {
    const settled = reduceRunState(writing, { type: 'message', message: whole });
    expect(reduceRunState(settled, { type: 'folded', messageId: 'a1', parts: partial.parts })).toEqual(settled);
  });

  it('replaces the answer by its settled form', () => {
    expect(reduceRunState(writing, { type: 'message', message: whole }).messages).toEqual([question, whole]);
  });

  it('keeps what is written when the answer in progress is told of again', () => {
    expect(reduceRunState(writing, { type: 'message', message: empty }).messages).toEqual([question, partial]);
  });

  it('does not go back from a settled run', () => {
    const settled = sampleRun({ status: 'succeeded', finishedAt: '2026-01-01T00:00:05.000Z' });
    const state = reduceRunState({ ...writing, run: settled }, { type: 'run', run: sampleRun() });
    expect(state.run).toBe(settled);
  });

  it('does not go back to an earlier state of a run', () => {
    const later = sampleRun({ updatedAt: '2026-01-01T00:00:02.000Z' });
    expect(reduceRunState({ ...writing, run: later }, { type: 'run', run: sampleRun() }).run).toBe(later);
  });

  it('turns to a newer run and stays with it', () => {
    const older = sampleRun();
    const newer = sampleRun({ id: 'run-2', createdAt: '2026-01-01T00:01:00.000Z' });
    const state = reduceRunState(writing, { type: 'run', run: newer });
    expect(state.run).toBe(newer);
    expect(reduceRunState(state, { type: 'run', run: older }).run).toBe(newer);
  });

  it('shows the messages of an accepted turn once, whichever comes first', () => {
    const change = { type: 'started', run: sampleRun(), messages: [question, empty] } as const;
    expect(reduceRunState({ messages: [], run: null }, { ...change, messages: [...change.messages] })).toEqual({
      messages: [question, empty],
      run: change.run,
    });
    expect(reduceRunState(writing, { ...change, messages: [...change.messages] }).messages).toEqual(writing.messages);
  });

  describe('of a failed answer that is continued', () => {
    const tail = sampleMessage('a1', { parentId: 'u1', status: 'failed', text: 'be' });
    const over = sampleRun({ status: 'aborted', finishedAt: '2026-01-01T00:00:05.000Z' });
    const failed: RunState = { messages: [question, tail], run: over };
    const run = sampleRun({ id: 'run-2', trigger: 'continue', createdAt: '2026-01-01T00:01:00.000Z' });
    const started = { type: 'started' as const, run, messages: [empty] };

    it('takes away at once what does not stand', () => {
      const state = reduceRunState(failed, started);
      expect(state).toEqual({ run, messages: [question, empty] });
      expect(reduceRunState(failed, { type: 'message', message: empty }).messages).toEqual([question, empty]);
    });

    it('keeps what the stream has told of it before the request was answered', () => {
      const told = reduceRunState(failed, { type: 'message', message: empty });
      const written = reduceRunState({ ...told, run }, { type: 'folded', messageId: 'a1', parts: whole.parts });
      expect(reduceRunState(written, started)).toEqual(written);
      const settled = reduceRunState(written, { type: 'message', message: whole });
      expect(reduceRunState(settled, started)).toEqual(settled);
    });
  });

  it('takes back that an owner was lost when that owner goes on', () => {
    const lost = { ...writing, run: sampleRun({ epoch: 2, interruptedAt: '2026-01-01T00:00:02.000Z' }) };
    const alive = reduceRunState(lost, { type: 'alive', runId: 'run-1', epoch: 2 });
    expect(alive.run?.interruptedAt).toBeNull();
    expect(reduceRunState(lost, { type: 'alive', runId: 'run-1', epoch: 1 })).toBe(lost);
    expect(reduceRunState(lost, { type: 'alive', runId: 'run-0', epoch: 2 })).toBe(lost);
  });
});
