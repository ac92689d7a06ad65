/** A chat whose queue a test fills and empties. */
import type { RunDatabase } from '#server/runs/run-database';
import { claimRun } from '#server/runs/claim';
import type { Lease } from '#server/runs/lease';
import { listMessages } from '#server/runs/reads';
import { sendMessage, type SentMessage, type WhenBusy } from '#server/runs/send-message';
import { settleOwnedRun } from '#server/runs/settle';
import { requestStop } from '#server/runs/transitions';
import { insertChat, insertRun, insertWorker, type TestChat } from './run-factories.ts';

export const succeeded = { outcome: { kind: 'succeeded' }, lastSeq: 0 } as const;
export const failed = { outcome: { kind: 'failed', code: 'INTERNAL', detail: '' }, lastSeq: 0 } as const;
export const aborted = { outcome: { kind: 'aborted' }, lastSeq: 0 } as const;

/** @param store its database may be opened later */
export function createQueueScenario(store: { readonly db: RunDatabase }) {
  const send = (chat: TestChat, whenBusy: WhenBusy, { id, text }: { id?: string; text: string }): Promise<SentMessage> => {
    const message = { id, parts: [{ type: 'text' as const, text }] };
    return sendMessage(store.db, { ...chat, model: `demo:${text}`, message, whenBusy });
  };
  const activeRunOf = ({ chatId }: TestChat) =>
    store.db.prisma.run.findFirst({ where: { chatId, status: { in: ['pending', 'running'] } } });
  return {
    /** A message's model is named after its text. */
    send,
    queue: (chat: TestChat, text: string) => send(chat, 'queue', { text }),
    interrupt: (chat: TestChat, text: string) => send(chat, 'interrupt', { text }),
    stop: (runId: string) => requestStop(store.db, { runId, userId: null }),

    /** A chat whose run is running, as its owner holds it. */
    insertBusyChat: async (): Promise<{ chat: TestChat; lease: Lease }> => {
      const chat = await insertChat(store.db);
      return { chat, lease: (await insertRun(store.db, chat, { status: 'running' })).lease };
    },

    activeRunOf,
    /** Oldest first. */
    runsOf: ({ chatId }: TestChat) => store.db.prisma.run.findMany({ where: { chatId }, orderBy: { revision: 'asc' } }),

    /** The texts of the questions of the shown branch, then of what is queued: waiting… and (paused). */
    textsOf: async ({ chatId }: TestChat): Promise<string[]> => {
      const messages = await listMessages(store.db, chatId);
      return messages.flatMap(({ role, parts: [part], metadata }) => {
        if (role !== 'user' || part?.type !== 'text') return [];
        return metadata?.queue?.paused ? [`(${part.text})`] : metadata?.queue ? [`${part.text}…`] : [part.text];
      });
    },

    /** Claim the chat's pending run and end it well. @returns its model */
    playNext: async (chat: TestChat): Promise<string> => {
      const run = await activeRunOf(chat);
      const workerId = await insertWorker(store.db);
      const claimed = await claimRun(store.db, { runId: run!.id, workerId, leaseSeconds: 15 });
      const answer = await settleOwnedRun(store.db, claimed!.lease, succeeded);
      if (answer !== 'settled') throw new Error(`the run was not settled: ${answer}`);
      return run!.model;
    },
  };
}
