import { expect, it, describe } from 'vitest';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import type { ChatView } from '#domain/chat-view';
import type { Chunk } from '#domain/message-view';
import type { RunEvent } from '#domain/run-event';
import { followChat, type FollowChatOptions } from './follow-chat.ts';
import type { FollowSource } from './follow-source.ts';
import { reduceRunState, type RunState, type RunStateChange } from './run-state.ts';

const kept = { type: 'text' as const, text: 'kept. ', state: 'done' as const };
const lost = { type: 'text' as const, text: 'lost', state: 'done' as const };
const failure = { code: 'WORKER_LOST' as const, message: 'lost' };
const old = sampleRun({ status: 'failed', finishedAt: '2026-01-01T00:00:05.000Z', error: failure });
const baseParts = [{ type: 'step-start' as const }, kept];
const created = { createdAt: '2026-01-01T00:01:00.000Z', updatedAt: '2026-01-01T00:01:00.000Z' };
const next = sampleRun({ id: 'run-2', trigger: 'continue', baseParts, ...created });
const question = sampleMessage('u1', { role: 'user', text: 'why?' });
const broken = { ...sampleMessage('a1', { parentId: 'u1', status: 'failed' }), parts: [...baseParts, lost] };
const begun = { ...sampleMessage('a1', { parentId: 'u1', status: 'streaming' }), parts: baseParts };

/** A page that shows a failed answer, and what it has shown since; nothing is painted before `paint`. */
function followFailed() {
  let state: RunState = { messages: [question, broken], queued: [], run: old };
  let tell!: (event: RunEvent) => void;
  let painted = Promise.withResolvers<void>();
  const frames: Array<() => void> = [];
  const subscribe = (_: unknown, { onData }: { onData: (told: { id: string; data: RunEvent }) => void }) => {
    tell = (data) => onData({ id: '1', data });
    return { unsubscribe: () => undefined };
  };
  const readFresh = () => Promise.reject(new Error('nothing is missing'));
  followChat({
    source: { subscribe, readFresh } as unknown as FollowChatOptions['source'],
    cursor: { current: undefined },
    run: state.run,
    apply(change) {
      state = reduceRunState(state, change);
      if (change.type === 'folded') painted.resolve();
    },
    onConnected: () => undefined,
    onEnded: () => undefined,
    schedule: (callback) => {
      frames.push(callback);
      return () => void frames.splice(frames.indexOf(callback), 1);
    },
  });
  const paint = () => {
    painted = Promise.withResolvers();
    for (const frame of frames.splice(0)) frame();
    return painted.promise;
  };
  const shown = () => state.messages.at(-1)!.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return { tell: (event: RunEvent) => tell(event), paint, shown };
}

const written = (fromSeq: number, ...list: Chunk[]): RunEvent => {
  const range = { fromSeq, toSeq: fromSeq + list.length - 1, replace: fromSeq === 1 };
  return { type: 'chunks', runId: 'run-2', messageId: 'a1', epoch: 1, ...range, chunks: list };
};
const opening: Chunk[] = [{ type: 'start' }, { type: 'start-step' }, { type: 'text-start', id: 't' }];

describe('followChat', () => {
  it('lets an answer that is taken up again go on after what stands of it', async () => {
    const page = followFailed();
    expect(page.shown()).toBe('kept. lost');
    page.tell({ type: 'message', message: begun });
    expect(page.shown()).toBe('kept. ');
    page.tell({ type: 'run', run: next });
    page.tell(written(1, ...opening, { type: 'text-delta', id: 't', delta: 'found' }));
    await page.paint();
    expect(page.shown()).toBe('kept. found');
    page.tell(written(5, { type: 'text-delta', id: 't', delta: '!' }));
    await page.paint();
    expect(page.shown()).toBe('kept. found!');
  });

  it('keeps what stands when the continuing run rewrites its own half-written step', async () => {
    const page = followFailed();
    page.tell({ type: 'message', message: begun });
    page.tell({ type: 'run', run: next });
    page.tell(written(1, ...opening, { type: 'text-delta', id: 't', delta: 'half' }));
    await page.paint();
    page.tell(written(5, { type: 'reset-step' }, { type: 'text-start', id: 'u' }, { type: 'text-delta', id: 'u', delta: 'whole' }));
    await page.paint();
    expect(page.shown()).toBe('kept. whole');
  });
});

describe('a branch that somebody has turned to', () => {
  const shown = { messages: [question], run: old, cursor: '7' } as unknown as ChatView;
  const turned: RunEvent = { type: 'branch', leafId: 'u1' };

  /** A page that follows from cursor 5, and where it began to each time. */
  function followFrom5(readFresh: FollowSource['readFresh']) {
    const begun: unknown[] = [];
    const changes: RunStateChange[] = [];
    let tell!: (told: { id: string; data: RunEvent }) => void;
    const cursor = { current: '5' as string | undefined };
    const subscribe = (lastEventId: unknown, { onData }: { onData: typeof tell }) => {
      begun.push(lastEventId);
      tell = onData;
      return { unsubscribe: () => undefined };
    };
    const following = followChat({
      source: { subscribe: subscribe as unknown as FollowSource['subscribe'], readFresh },
      cursor,
      run: old,
      apply: (change) => changes.push(change),
      onConnected: () => undefined,
      onEnded: () => undefined,
    });
    return { following, begun, changes, tell: (id: string, data: RunEvent) => tell({ id, data }) };
  }

  it('is read anew, and followed from what was read', async () => {
    const page = followFrom5(() => Promise.resolve(shown));
    page.tell('6', turned);
    await page.following.readAgain();
    expect(page.changes).toEqual([{ type: 'reloaded', view: shown }]);
    expect(page.begun).toEqual(['5', '7']);
  });

  it('is still to be heard of where it could not be read', async () => {
    const page = followFrom5(() => Promise.resolve(null));
    page.tell('6', turned);
    await page.following.readAgain();
    expect(page.changes).toEqual([]);
    expect(page.begun).toEqual(['5', '5']);
  });
});
