import { describe, expect, it } from 'vitest';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import type { ChatView } from '#domain/chat-view';
import type { ChatMessage } from '#domain/message-view';
import { reduceRunState, type RunState, toRunState } from './run-state.ts';

const question = sampleMessage('u1', { role: 'user', text: 'why?' });
const empty = sampleMessage('a1', { parentId: 'u1', status: 'streaming' });
const partial = sampleMessage('a1', { parentId: 'u1', status: 'streaming', text: 'be' });
const whole = sampleMessage('a1', { parentId: 'u1', text: 'because' });
const writing: RunState = { messages: [question, partial], queued: [], run: sampleRun() };

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

  it('keeps the later reading of a run that has not changed', () => {
    const later = sampleRun({ readAt: '2026-01-01T00:00:20.000Z' });
    expect(reduceRunState({ ...writing, run: later }, { type: 'run', run: sampleRun() }).run).toBe(later);
    expect(reduceRunState({ ...writing, run: sampleRun() }, { type: 'run', run: later }).run).toBe(later);
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
    expect(reduceRunState({ messages: [], queued: [], run: null }, { ...change, messages: [...change.messages] })).toEqual({
      messages: [question, empty],
      queued: [],
      run: change.run,
    });
    expect(reduceRunState(writing, { ...change, messages: [...change.messages] }).messages).toEqual(writing.messages);
  });

  describe('of a queue', () => {
    const waiting = (id: string, position: number) =>
      sampleMessage(id, { role: 'user', status: 'queued', text: id, queue: { position, paused: false, model: 'demo:demo' } });
    const [first, second] = [waiting('q1', 1), waiting('q2', 2)];
    const tell = (state: RunState, ...messages: ChatMessage[]) =>
      messages.reduce((before, message) => reduceRunState(before, { type: 'message', message }), state);

    it('shows what waits apart from the branch, by position, however it was told', () => {
      expect(tell(writing, second, first)).toEqual({ ...writing, queued: [first, second] });
      expect(tell(writing, first, second, waiting('q2', 0)).queued.map(({ id }) => id)).toEqual(['q2', 'q1']);
      expect(toRunState({ messages: [question, first, second], run: null } as unknown as ChatView)).toEqual({
        messages: [question],
        queued: [first, second],
        run: null,
      });
    });

    it('moves a message that goes out behind the answer that it follows', () => {
      const sent = sampleMessage('q1', { role: 'user', text: 'q1', parentId: 'a1' });
      const state = tell(tell(writing, first, second), whole, sent);
      expect(state).toEqual({ ...writing, messages: [question, whole, sent], queued: [second] });
      const run = sampleRun({ id: 'run-2', userMessageId: 'q1', createdAt: '2026-01-01T00:01:00.000Z' });
      const started = reduceRunState(tell(writing, first), { type: 'started', run, messages: [sent] });
      expect(started).toEqual({ messages: [question, partial, sent], queued: [], run });
    });

    it('forgets what was taken back, and does not take up again what is known', () => {
      const state = tell(writing, first, second);
      expect(reduceRunState(state, { type: 'removed', messageId: 'q1' }).queued).toEqual([second]);
      expect(reduceRunState(state, { type: 'queued', message: waiting('q1', 9) })).toBe(state);
      expect(reduceRunState(state, { type: 'queued', message: { ...question, metadata: first.metadata! } })).toBe(state);
    });
  });

  describe('of a failed answer that is continued', () => {
    const tail = sampleMessage('a1', { parentId: 'u1', status: 'failed', text: 'be' });
    const over = sampleRun({ status: 'aborted', finishedAt: '2026-01-01T00:00:05.000Z' });
    const failed: RunState = { messages: [question, tail], queued: [], run: over };
    const run = sampleRun({ id: 'run-2', trigger: 'continue', createdAt: '2026-01-01T00:01:00.000Z' });
    const started = { type: 'started' as const, run, messages: [empty] };

    it('takes away at once what does not stand', () => {
      const state = reduceRunState(failed, started);
      expect(state).toEqual({ run, queued: [], messages: [question, empty] });
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
