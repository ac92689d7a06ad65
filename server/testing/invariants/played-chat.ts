/** A chat that was really answered, for the tests of the checker: what is sound before they break it. */
import { onTestFinished } from 'vitest';
import type { Chunk } from '#domain/message-view';
import type { RunEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import { startRun } from '#server/runs/enqueue';
import { createHub } from '#server/runs/hub';
import { findRun } from '#server/runs/reads';
import type { RunDatabase } from '#server/runs/run-database';
import { eventually } from '../eventually.ts';
import { recordFollower, type RecordedFollower } from '../follower.ts';
import { insertChat, type TestChat } from '../run-factories.ts';
import { silentLog } from '../run-database.ts';
import type { Turn } from '../scripted-agent.ts';
import { startTestWorker } from '../test-worker.ts';
import type { ClientStream, ToolStartSeen } from './evidence.ts';

export type Store = { readonly db: RunDatabase; readonly url: string };

export type PlayedChat = TestChat & {
  runId: string;
  questionId: string;
  answerId: string;
  /** of a follower who was there from before the start to the end */
  stream: ClientStream;
  toolStarts: ToolStartSeen[];
};

/** Ask a question in this chat. */
export const ask = ({ db }: Store, chat: TestChat) =>
  startRun(db, { ...chat, model: 'demo:demo', message: { parts: [{ type: 'text', text: 'hello' }] } });

/** Resolves when the run is over. */
export const settled = ({ db }: Store, chat: TestChat, runId: string) =>
  eventually('the run to settle', async () => {
    const run = await findRun(db, { runId, workspaceId: chat.workspaceId });
    return run && isTerminal(run.status) ? run : null;
  });

/** Follow the chat from now on, until the test ends. */
export function follow({ db, url }: Store, { chatId }: TestChat): RecordedFollower {
  const hub = createHub(db, { connectionString: url, log: silentLog });
  onTestFinished(() => hub.close());
  return recordFollower(db, hub, { chatId });
}

/** Resolves with what the follower has heard, once that includes the end of the run. */
export async function streamToTheEnd(
  { chatId, userId }: TestChat,
  { follower, runId }: { follower: RecordedFollower; runId: string },
): Promise<ClientStream> {
  await follower.until((event) => event.type === 'run' && event.run?.id === runId && isTerminal(event.run.status));
  await follower.until((event) => event.type === 'message' && isSettledAnswer(event));
  await follower.leave();
  return { chatId, userId, toTheEnd: true, events: follower.events.map(({ event }) => event) };
}

const isSettledAnswer = ({ message }: Extract<RunEvent, { type: 'message' }>) =>
  message.role === 'assistant' && message.metadata?.status !== 'streaming';

/** The first of two steps: says words, lets an idempotent tool and another one work. */
export async function playToolStep(turn: Turn): Promise<ToolStartSeen[]> {
  const seen: ToolStartSeen[] = [];
  await turn.beginStep();
  turn.sayText('I look and send.');
  turn.callTools('look', 'send');
  for (const toolName of ['look', 'send']) {
    const start = { toolCallId: toolName === 'look' ? 'look-1' : 'send-2', toolName, idempotent: toolName === 'look' };
    const outcome = await turn.input.runTool(start, async ({ idempotencyKey }) => {
      seen.push({ idempotencyKey, toolName, idempotent: start.idempotent });
      return `${toolName}: done`;
    });
    if (outcome.kind !== 'result') throw new Error(`the tool answered ${outcome.kind}`);
    turn.say({ type: 'tool-output-available', toolCallId: start.toolCallId, output: outcome.output });
  }
  turn.endStep({ finishReason: 'tool-calls' });
  return seen;
}

/** A chat with one answer of two steps and two tools, followed from before the start and heard in several events. */
export async function playChat(store: Store): Promise<PlayedChat> {
  const { agent } = await startTestWorker(store.url);
  const chat = await insertChat(store.db);
  const follower = follow(store, chat);
  const { run, userMessageId: questionId, assistantMessageId: answerId } = await ask(store, chat);
  const turn = await agent.nextTurn(run.id);
  const heard = (type: Chunk['type']) =>
    follower.until((event) => event.type === 'chunks' && event.chunks.some((chunk) => chunk.type === type));
  turn.say({ type: 'start' });
  await heard('start');
  const toolStarts = await playToolStep(turn);
  await heard('finish-step');
  await turn.beginStep();
  turn.sayText('It is done.');
  turn.endStep();
  turn.say({ type: 'finish' });
  turn.end();
  const stream = await streamToTheEnd(chat, { follower, runId: run.id });
  return { ...chat, runId: run.id, questionId, answerId, stream, toolStarts };
}
