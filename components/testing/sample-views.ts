/** Views for tests: whole, with only what matters given. */
import type { ChatListItem } from '#domain/chat-view';
import type { ChatMessage, MessageMetadata } from '#domain/message-view';
import type { RunView } from '#domain/run-view';

const start = '2026-01-01T00:00:00.000Z';

type GivenMessage = Partial<MessageMetadata> & { role?: ChatMessage['role']; text?: string };

export function sampleMessage(id: string, given: GivenMessage): ChatMessage {
  const { role = 'assistant', text = '', ...metadata } = given;
  return {
    id,
    role,
    parts: text === '' ? [] : [{ type: 'text', text }],
    metadata: { status: 'completed', parentId: null, authorId: null, createdAt: start, ...metadata },
  };
}

export function sampleChat(given: Partial<ChatListItem> = {}): ChatListItem {
  return {
    id: 'chat-1',
    title: 'Chat',
    latestRun: null,
    unread: false,
    archivedAt: null,
    pinnedAt: null,
    sharedAt: null,
    lastActivityAt: start,
    createdAt: start,
    updatedAt: start,
    ...given,
  };
}

export function sampleRun(given: Partial<RunView> = {}): RunView {
  return {
    id: 'run-1',
    chatId: 'chat-1',
    trigger: 'user',
    model: 'demo:demo',
    epoch: 1,
    stepCount: 0,
    userMessageId: 'u1',
    assistantMessageId: 'a1',
    baseParts: [],
    stopRequestedAt: null,
    stoppedBy: null,
    interruptedAt: null,
    resumedAt: null,
    startedAt: start,
    usage: null,
    toolsActed: [],
    createdAt: start,
    updatedAt: start,
    readAt: start,
    status: 'running',
    finishedAt: null,
    error: null,
    ...given,
  } as RunView;
}
