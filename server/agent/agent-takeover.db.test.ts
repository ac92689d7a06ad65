import type { LanguageModelV4StreamPart as Part } from '@ai-sdk/provider';
import { tool } from 'ai';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unknownToolOutcome } from '#domain/tool-outcome';
import { startRun } from '#server/runs/enqueue';
import { findMessage } from '#server/runs/reads';
import { rescueExpiredRuns } from '#server/runs/sweeps';
import { eventually } from '#server/testing/eventually';
import { useRunDatabase } from '#server/testing/run-database';
import { insertChat } from '#server/testing/run-factories';
import { startTestWorker } from '#server/testing/test-worker';
import { untilSettled } from '#server/testing/until-settled';
import { createAgent } from './agent.ts';
import type { ToolCallOptions } from './tools.ts';

const store = useRunDatabase();

const usage = {
  inputTokens: { total: 7, noCache: 7, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
};
const say = (text: string): Part[] => [
  { type: 'text-start', id: text },
  { type: 'text-delta', id: text, delta: text },
  { type: 'text-end', id: text },
];
const call = (toolName: string): Part => ({ type: 'tool-call', toolCallId: toolName, toolName, input: '{}' });
const askingStep: Part[] = [
  ...say('Let me see.'),
  ...['read', 'look', 'mail'].map(call),
  { type: 'finish', finishReason: { unified: 'tool-calls', raw: 'tool_calls' }, usage },
];
const lastStep: Part[] = [...say('Done.'), { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage }];

/** An agent of one process: its model says these steps; read answers, look does the second time, mail never does. */
function createOwner(starts: string[], ...steps: Part[][]) {
  const doStream = steps.map((parts) => ({ stream: convertArrayToReadableStream(parts) }));
  const model = new MockLanguageModelV4({ doStream });
  const noting = (name: string, answer: () => unknown) => {
    return tool({
      inputSchema: z.object({}),
      execute: async (_, options) => {
        starts.push(`${name} ${(options as ToolCallOptions).idempotencyKey}`);
        return answer();
      },
    });
  };
  const never = () => new Promise(() => {});
  const isFirst = starts.length === 0;
  const tools = {
    read: { idempotent: false, tool: noting('read', () => ({ page: 1 })) },
    look: { idempotent: true, tool: noting('look', () => (isFirst ? never() : 'nice')) },
    mail: { idempotent: false, tool: noting('mail', never) },
  };
  const agent = createAgent({ models: { resolve: () => model, secrets: [] }, tools, log: { warn: () => {} } });
  return { model, agent };
}

describe('a run taken over while its tools work', () => {
  it('keeps its model call and what is recorded; only tools that allow it start again', async () => {
    const starts: string[] = [];
    const before = createOwner(starts, askingStep);
    const first = await startTestWorker(store.url, { agent: before.agent });
    const chat = await insertChat(store.db);
    const message = { parts: [{ type: 'text' as const, text: 'hello' }] };
    const { run, assistantMessageId } = await startRun(store.db, { ...chat, model: 'mock:model', message });
    await eventually('one tool to have answered beside two that work', async () => {
      const calls = await store.db.prisma.runToolCall.findMany({ where: { runId: run.id } });
      return calls.length === 3 && calls.filter(({ finishedAt }) => finishedAt !== null).length === 1;
    });
    await first.db.boss.offWork('run');

    const after = createOwner(starts, lastStep);
    await startTestWorker(store.url, { agent: after.agent });
    await eventually('the run to be taken from its owner', async () => {
      const expire = `UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND epoch = 1`;
      await store.db.pool.query(expire, [run.id]);
      await rescueExpiredRuns(store.db, 3, 0);
      return (await store.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).epoch === 2;
    });

    expect(await untilSettled(store.db, run.id)).toMatchObject({ status: 'succeeded' });
    expect([before.model.doStreamCalls.length, after.model.doStreamCalls.length]).toEqual([1, 1]);
    expect(starts.toSorted()).toEqual([
      `look ${run.id}.1.2`,
      `look ${run.id}.1.2`,
      `mail ${run.id}.1.3`,
      `read ${run.id}.1.1`,
    ]);
    const { parts } = (await findMessage(store.db, chat.chatId, assistantMessageId))!;
    expect(parts).toMatchObject([
      { type: 'step-start' },
      { type: 'text', text: 'Let me see.' },
      { type: 'tool-read', state: 'output-available', output: { page: 1 } },
      { type: 'tool-look', state: 'output-available', output: 'nice' },
      { type: 'tool-mail', state: 'output-error', errorText: unknownToolOutcome },
      { type: 'step-start' },
      { type: 'text', text: 'Done.' },
    ]);
    expect(after.model.doStreamCalls[0]?.prompt.at(-1)).toMatchObject({
      role: 'tool',
      content: [
        { toolCallId: 'read', output: { type: 'json', value: { page: 1 } } },
        { toolCallId: 'look', output: { type: 'text', value: 'nice' } },
        { toolCallId: 'mail', output: { type: 'error-text', value: unknownToolOutcome } },
      ],
    });
  });
});
