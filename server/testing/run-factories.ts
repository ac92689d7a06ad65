/** Rows in any state, inserted directly. */
import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Chunk } from '#domain/message-view';
import type { RunStatus } from '#domain/run-status';
import type { Lease } from '#server/runs/lease';
import type { RunDatabase } from '#server/runs/run-database';

export type TestChat = { workspaceId: string; chatId: string; userId: string };

/** A user with a workspace and an empty chat. */
export async function insertChat(db: RunDatabase): Promise<TestChat> {
  const [userId, workspaceId, chatId] = [uuidv7(), uuidv7(), uuidv7()];
  await db.prisma.user.create({ data: { id: userId, name: 'Test', email: `${userId}@example.com` } });
  await db.prisma.workspace.create({
    data: { id: workspaceId, name: 'Test', slug: workspaceId, members: { create: { id: uuidv7(), userId } } },
  });
  await db.prisma.chat.create({
    data: { id: chatId, workspaceId, createdById: userId, members: { create: { userId } } },
  });
  return { workspaceId, chatId, userId };
}

/** A row of `worker` that no process stands behind: dead, as far as a sweeper can tell. */
export async function insertWorker(db: RunDatabase, workerId = uuidv7()): Promise<string> {
  const lockKey = randomInt(-(2 ** 31), 2 ** 31);
  await db.prisma.worker.create({ data: { id: workerId, host: 'test', pid: 1, version: '0', lockKey, capacity: 1 } });
  return workerId;
}

export type RunState = {
  status: RunStatus;
  /** of the lease, seconds from now; negative is expired */
  leaseSeconds?: number;
  epoch?: number;
  attempt?: number;
  stopRequested?: boolean;
  workerId?: string;
  ageSeconds?: number;
  chunks?: Chunk[];
};

/** A run with its question and its answer, in the given state. */
export async function insertRun(
  db: RunDatabase,
  chat: TestChat,
  state: RunState,
): Promise<{ runId: string; assistantMessageId: string;
  /** as its owner holds it */
  lease: Lease;
}> {
  const [runId, userMessageId, assistantMessageId] = [uuidv7(), uuidv7(), uuidv7()];
  const { status, chunks = [] } = state;
  const isRunning = status === 'running';
  const isPending = status === 'pending';
  const isActive = isRunning || isPending;
  const epoch = isPending ? 0 : (state.epoch ?? 1);
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000);
  const bornAt = at(-(state.ageSeconds ?? 0));
  const place = { chatId: chat.chatId, workspaceId: chat.workspaceId, revision: 1 };
  await db.prisma.message.createMany({
    data: [
      { ...place, id: userMessageId, role: 'user', status: 'completed', parts: [{ type: 'text', text: 'hello' }] },
      {
        ...place,
        id: assistantMessageId,
        parentId: userMessageId,
        role: 'assistant',
        status: isActive ? 'streaming' : status === 'succeeded' ? 'completed' : status,
        parts: [],
      },
    ],
  });
  await db.prisma.run.create({
    data: {
      ...place,
      id: runId,
      userMessageId,
      assistantMessageId,
      status,
      model: 'demo:demo',
      epoch,
      attempt: state.attempt ?? epoch,
      workerId: isRunning ? (state.workerId ?? (await insertWorker(db))) : null,
      leaseExpiresAt: isRunning ? at(state.leaseSeconds ?? 15) : null,
      startedAt: epoch > 0 ? bornAt : null,
      finishedAt: isActive ? null : bornAt,
      errorCode: status === 'failed' ? 'INTERNAL' : null,
      stopRequestedAt: state.stopRequested ? bornAt : null,
      lastSeq: chunks.length,
      createdAt: bornAt,
    },
  });
  if (chunks.length > 0) {
    const body = JSON.stringify(chunks);
    await db.prisma.runChunk.create({
      data: { runId, fromSeq: 1, toSeq: chunks.length, epoch, workspaceId: chat.workspaceId, body },
    });
  }
  await db.prisma.chat.update({ where: { id: chat.chatId }, data: { revision: 1, currentLeafId: assistantMessageId } });
  const lease = { ...chat, runId, assistantMessageId, epoch, askedAtMs: performance.now() } as unknown as Lease;
  return { runId, assistantMessageId, lease };
}
