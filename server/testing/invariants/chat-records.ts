/** Everything the database knows of some chats and their runs, as of one instant. */
import type pg from 'pg';
import type { ChatMessage, MessageStatus } from '#domain/message-view';
import type { RunStatus } from '#domain/run-status';
import type { RunAttemptEnd, RunTrigger } from '#domain/run-view';
import { readOf } from './read-rows.ts';

export type ChunkRow = {
  runId: string;
  fromSeq: number;
  toSeq: number;
  epoch: number;
  workspaceId: string;
  body: string;
  createdAt: Date;
};
export type StepRow = { runId: string; stepNumber: number; epoch: number; lastSeq: number; createdAt: Date };
export type ModelCallRow = StepRow;
export type ToolCallRow = {
  runId: string;
  stepNumber: number;
  ordinal: number;
  epoch: number;
  toolName: string;
  idempotent: boolean;
  starts: number;
  outcomeKind: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};
export type AttemptRow = {
  runId: string;
  epoch: number;
  /** the journal's position at the claim */
  lastSeq: number;
  startedAt: Date;
  endedAt: Date | null;
  endReason: RunAttemptEnd | null;
};

export type RunRecord = {
  id: string;
  chatId: string;
  workspaceId: string;
  userMessageId: string;
  assistantMessageId: string;
  trigger: RunTrigger;
  status: RunStatus;
  epoch: number;
  lastSeq: number;
  stepCount: number;
  baseParts: ChatMessage['parts'];
  stopRequestedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  errorCode: string | null;
  journalPrunedAt: Date | null;
  /** claimed before attempts, model calls and tools were recorded at all */
  startedBeforeRecords: boolean;
  /** by their numbers */
  chunks: ChunkRow[];
  steps: StepRow[];
  calls: ModelCallRow[];
  tools: ToolCallRow[];
  attempts: AttemptRow[];
};

export type MessageRecord = {
  id: string;
  chatId: string;
  parentId: string | null;
  role: 'user' | 'assistant';
  status: MessageStatus;
  parts: ChatMessage['parts'];
};

export type ChatRecord = {
  id: string;
  workspaceId: string;
  memberIds: string[];
  messages: MessageRecord[];
  /** oldest first */
  runs: RunRecord[];
};

type PlainRun = Omit<RunRecord, 'chunks' | 'steps' | 'calls' | 'tools' | 'attempts'>;

/** @param client in a transaction that sees one instant */
export async function readChatRecords(client: pg.ClientBase, chatIds: readonly string[]): Promise<ChatRecord[]> {
  const read = readOf(client, chatIds);
  const chats = await read<Pick<ChatRecord, 'id' | 'workspaceId' | 'memberIds'>>('chats');
  const messages = await read<MessageRecord>('messages');
  const runs = await read<PlainRun>('runs');
  const chunks = Map.groupBy(await read<ChunkRow>('chunks'), ownerOf);
  const steps = Map.groupBy(await read<StepRow>('steps'), ownerOf);
  const calls = Map.groupBy(await read<ModelCallRow>('calls'), ownerOf);
  const tools = Map.groupBy(await read<ToolCallRow>('tools'), ownerOf);
  const attempts = Map.groupBy(await read<AttemptRow>('attempts'), ownerOf);
  const whole = runs.map((run) => ({
    ...run,
    chunks: chunks.get(run.id) ?? [],
    steps: steps.get(run.id) ?? [],
    calls: calls.get(run.id) ?? [],
    tools: tools.get(run.id) ?? [],
    attempts: attempts.get(run.id) ?? [],
  }));
  return chats.map((chat) => ({
    ...chat,
    messages: messages.filter(({ chatId }) => chatId === chat.id),
    runs: whole.filter(({ chatId }) => chatId === chat.id),
  }));
}

const ownerOf = ({ runId }: { runId: string }): string => runId;
