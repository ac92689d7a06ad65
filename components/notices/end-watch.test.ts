import { describe, expect, it } from 'vitest';
import { sampleChat } from '#components/testing/sample-views.ts';
import type { ChatActivityEvent } from '#domain/chat-view';
import type { RunStatus } from '#domain/run-status';
import { createEndWatch } from './end-watch.ts';

function watch() {
  const ended: string[] = [];
  const { isWaiting, ...inner } = createEndWatch();
  const hear = (event: ChatActivityEvent) => {
    const end = inner.hear(event);
    if (end) ended.push(`${end.chat.id} ${end.runId}`);
  };
  const hearRun = (id: string, status: RunStatus, chatId = 'a') =>
    hear({ type: 'chat', chat: sampleChat({ id: chatId, latestRun: { id, status } }) });
  return { ended, hear, hearRun, isWaiting };
}

describe('createEndWatch', () => {
  it('tells the end of a run once', () => {
    const { ended, hearRun, isWaiting } = watch();
    hearRun('run-1', 'pending');
    hearRun('run-1', 'running');
    expect(isWaiting()).toBe(true);
    hearRun('run-1', 'failed');
    hearRun('run-1', 'failed');
    expect(ended).toEqual(['a run-1']);
    expect(isWaiting()).toBe(false);
  });

  it('says nothing of runs that were over when they were first heard of', () => {
    const { ended, hear, hearRun } = watch();
    hearRun('run-1', 'succeeded');
    hear({ type: 'chat', chat: sampleChat({ id: 'b' }) });
    expect(ended).toEqual([]);
  });

  it('goes on with the run that followed at once', () => {
    const { ended, hearRun } = watch();
    hearRun('run-1', 'running');
    hearRun('run-2', 'pending');
    hearRun('run-2', 'succeeded');
    expect(ended).toEqual(['a run-2']);
  });

  it('tells the chats apart, and forgets those that are removed', () => {
    const { ended, hear, hearRun, isWaiting } = watch();
    hearRun('run-1', 'running');
    hearRun('run-2', 'running', 'b');
    hear({ type: 'removed', chatId: 'a' });
    expect(isWaiting()).toBe(true);
    hearRun('run-2', 'succeeded', 'b');
    expect(ended).toEqual(['b run-2']);
    expect(isWaiting()).toBe(false);
  });
});
