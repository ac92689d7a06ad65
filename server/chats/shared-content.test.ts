import { describe, expect, it } from 'vitest';
import { foldChunks } from '#domain/fold-chunks';
import type { ChatMessage, Chunk } from '#domain/message-view';
import { runErrors } from '#domain/run-error';
import type { RunView } from '#domain/run-view';
import { unknownToolOutcome } from '#domain/tool-outcome';
import { toSharedEvent, toSharedMessage, toSharedMessages, toSharedRun } from './shared-content.ts';

const secret = 'nobody else’s business';

const usedTool: Chunk[] = [
  { type: 'tool-input-start', toolCallId: 'a', toolName: 'read_mail' },
  { type: 'tool-input-delta', toolCallId: 'a', inputTextDelta: `{"from":"${secret}"}` },
  { type: 'tool-input-available', toolCallId: 'a', toolName: 'read_mail', input: { from: secret } },
  { type: 'tool-output-available', toolCallId: 'a', output: { mail: secret } },
  { type: 'tool-input-available', toolCallId: 'b', toolName: 'book', input: { room: secret }, dynamic: true },
  { type: 'tool-output-error', toolCallId: 'b', errorText: secret, dynamic: true },
  { type: 'tool-input-available', toolCallId: 'c', toolName: 'send', input: {} },
  { type: 'tool-output-error', toolCallId: 'c', errorText: unknownToolOutcome },
];
const answer: Chunk[] = [
  { type: 'start', messageId: 'm', messageMetadata: { authorId: secret } as never },
  { type: 'start-step' },
  { type: 'reasoning-start', id: 'r', providerMetadata: { provider: { signature: secret } } },
  { type: 'reasoning-delta', id: 'r', delta: 'Let me look.' },
  { type: 'reasoning-end', id: 'r' },
  ...usedTool,
  { type: 'file', url: `data:text/plain,${secret}`, mediaType: 'text/plain' },
  { type: 'source-url', sourceId: 's', url: `https://example.com/${secret}` },
  { type: 'finish-step' },
  { type: 'start-step' },
  { type: 'text-start', id: 't' },
  { type: 'text-delta', id: 't', delta: 'Here you are.', providerMetadata: { provider: { id: secret } } },
  { type: 'text-end', id: 't' },
  { type: 'error', errorText: secret },
  { type: 'finish-step' },
  { type: 'finish' },
];

const shown = new Set(['m']);
const range = { runId: 'r1', messageId: 'm', epoch: 1, fromSeq: 1, toSeq: answer.length, replace: true };
const base = { messageId: 'm', baseParts: [] };
const metadata = { status: 'completed' as const, parentId: 'q', authorId: secret, createdAt: '2026-01-01T00:00:00.000Z' };

const failed: RunView = {
  id: 'r1',
  chatId: 'c1',
  trigger: 'continue',
  model: `openai-compatible:${secret}`,
  epoch: 2,
  stepCount: 1,
  userMessageId: 'q',
  assistantMessageId: 'm',
  baseParts: [{ type: 'tool-read_mail', toolCallId: 'a', state: 'output-available', input: secret, output: secret }],
  stopRequestedAt: null,
  stoppedBy: { id: secret, name: secret },
  interruptedAt: null,
  resumedAt: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3, estimated: false },
  toolsActed: [{ toolName: secret, stepCompleted: true }],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  readAt: '2026-01-01T00:00:00.000Z',
  status: 'failed',
  finishedAt: '2026-01-01T00:00:01.000Z',
  error: { code: 'PROVIDER_UNAUTHORIZED', message: runErrors.PROVIDER_UNAUTHORIZED },
};

const throughJson = (chunks: Chunk[]) => JSON.parse(JSON.stringify(chunks)) as Chunk[];

/** The parts, without what the reader of a stream adds for its own use. */
async function sharedFold(chunks: Chunk[]): Promise<ChatMessage['parts']> {
  return toSharedMessage({ id: 'm', role: 'assistant', parts: await foldChunks(base, chunks) }).parts;
}

function partsByName({ parts }: ChatMessage): string[] {
  return parts.map((part) => (part.type === 'dynamic-tool' ? part.toolName : part.type));
}

describe('toSharedMessage', () => {
  it('keeps what was said and thought and which tools were used, and nothing beside', async () => {
    const parts = await foldChunks(base, answer);
    const shared = toSharedMessage({ id: 'm', role: 'assistant', parts, metadata });
    expect(JSON.stringify({ parts, metadata })).toContain(secret);
    expect(JSON.stringify(shared)).not.toContain(secret);
    expect(partsByName(shared)).toEqual(
      ['step-start', 'reasoning', 'tool-read_mail', 'book', 'tool-send', 'step-start', 'text'],
    );
    expect(shared.metadata).toEqual({ ...metadata, authorId: null });
    expect(shared.parts[4]).toMatchObject({ state: 'output-error', errorText: unknownToolOutcome });
  });
});

describe('toSharedEvent', () => {
  it('tells chunks that fold to what the shared message holds, wherever they are cut', async () => {
    for (let cut = 1; cut <= answer.length; cut++) {
      const chunks = answer.slice(0, cut);
      const event = toSharedEvent({ type: 'chunks', ...range, toSeq: cut, chunks }, shown);
      if (event?.type !== 'chunks') throw new Error('not chunks');
      expect(JSON.stringify(event)).not.toContain(secret);
      expect(event).toMatchObject({ ...range, toSeq: cut });
      const [told, stored] = [await sharedFold(throughJson(event.chunks)), await sharedFold(chunks)];
      expect(told).toEqual(stored);
    }
  });

  it('does not tell what stands on another branch', () => {
    const nothing = new Set<string>();
    expect(toSharedEvent({ type: 'chunks', ...range, chunks: answer }, nothing)).toBeNull();
    expect(toSharedEvent({ type: 'message', message: { id: 'm', role: 'user', parts: [] } }, nothing)).toBeNull();
    expect(toSharedRun({ ...failed, assistantMessageId: 'm', baseParts: [{ type: 'text', text: secret }] }, nothing).baseParts).toEqual([]);
  });

  it('does not tell what waits in the queue, nor that it was taken out', () => {
    const queued: ChatMessage = { id: 'q2', role: 'user', parts: [{ type: 'text', text: secret }], metadata: { ...metadata, status: 'queued' } };
    expect(toSharedEvent({ type: 'message', message: queued }, new Set(['q2']))).toBeNull();
    expect(toSharedEvent({ type: 'removed', messageId: 'q2' }, shown)).toBeNull();
    expect(toSharedMessages([queued])).toEqual([]);
  });
});

describe('toSharedRun', () => {
  it('says that a run failed, not why, nor what it cost, nor who stopped it', () => {
    const shared = toSharedRun(failed, shown);
    expect(JSON.stringify(shared)).not.toContain(secret);
    expect(shared).toMatchObject({ id: 'r1', status: 'failed', error: { code: 'INTERNAL' }, usage: null, toolsActed: [] });
    expect(toSharedRun({ ...failed, status: 'running', finishedAt: null, error: null }, shown)).toMatchObject({ status: 'running' });
  });
});
