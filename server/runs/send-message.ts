/** Send: a person's message starts its run, or waits in the queue while the chat is being answered. */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { attachFiles } from './attach-files.ts';
import { ringDoorbell } from './doorbell.ts';
import {
  findEarlierMessage,
  inChat,
  insertRun,
  type LockedChat,
  type StartedRun,
  startRun,
  type StartRunInput,
  toStartedRun,
} from './enqueue.ts';
import { findActiveRunId, markInterrupting, queueMessage, sendNextMessage } from './queue.ts';
import { passRacePoint } from './race-points.ts';
import type { RunDatabase } from './run-database.ts';
import type { RunRow } from './run-row.ts';
import { writeStop } from './transitions.ts';

/** What to do when the chat is being answered. interrupt: stop that answer and go before all that is queued. */
export type WhenBusy = 'reject' | 'queue' | 'interrupt';

export type SendMessageInput = StartRunInput & { whenBusy: WhenBusy };

/** queued: the message is kept and goes out when the chat is free. */
export type SentMessage =
  | (StartedRun & { queued: false })
  | { run: null; userMessageId: string; assistantMessageId: null; queued: true };

/**
 * Take a person's message, whether or not the chat is being answered.
 *
 * @throws RunFault as startRun does (RUN_ACTIVE only with `reject`); QUEUE_FULL
 */
export async function sendMessage(db: RunDatabase, input: SendMessageInput): Promise<SentMessage> {
  if (input.whenBusy === 'reject') return { ...(await startRun(db, input)), queued: false };
  const id = input.message.id ?? uuidv7();
  const { run, stoppedId } = await inChat(db, input, async (client, chat) => {
    const taken = await takeMessage({ db, client, chat, id }, input);
    await passRacePoint('before-start-commit');
    return taken;
  });
  await passRacePoint('after-start-commit');
  if (stoppedId) db.hints.stopRequested({ runId: stoppedId });
  db.hints.chatChanged(input);
  if (!run) return { run: null, userMessageId: id, assistantMessageId: null, queued: true };
  return { ...toStartedRun(run), queued: false };
}

type Place = { db: RunDatabase; client: pg.ClientBase; chat: LockedChat; id: string };
/** run: null while the message waits. stoppedId: the run that was asked to stop for it */
type Taken = { run: RunRow | null; stoppedId?: string };

async function takeMessage(place: Place, input: SendMessageInput): Promise<Taken> {
  const { client, id } = place;
  const earlier = await findEarlierMessage(client, input, id);
  if (earlier?.run) return { run: earlier.run };
  // Asked again after a lost answer: what it was to stop has been told to, and by now another answer may be written.
  if (earlier?.hasInterrupted) return { run: null };
  if (!earlier) await attachFiles(client, input, input.message.parts);
  const activeId = await findActiveRunId(client, input.chatId);
  if (!earlier && activeId === null) return { run: await startAtOnce(place, input) };
  if (!earlier) await queueNew(place, input);
  if (input.whenBusy === 'queue') return { run: null };
  if (earlier) await markInterrupting(client, input.chatId, id);
  return interrupt(place, { ...input, activeId });
}

async function startAtOnce({ db, client, chat, id }: Place, input: SendMessageInput): Promise<RunRow> {
  const { row } = await insertRun(client, {
    ...input,
    config: input.config ?? {},
    userMessage: { id, parts: input.message.parts, is: 'new' },
    parentId: chat.current_leaf_id,
    trigger: 'user',
  });
  await ringDoorbell(db, { runId: row.id, priority: 0 }, client);
  return row;
}

async function queueNew({ client, id }: Place, input: SendMessageInput): Promise<void> {
  await queueMessage(client, {
    ...input,
    message: { id, parts: input.message.parts },
    run: { model: input.model, config: input.config ?? {} },
    interrupts: input.whenBusy === 'interrupt',
  });
}

/** The queue is not held: its first message is the one that interrupts. A run that nobody has claimed yet ends here. */
async function interrupt(
  { db, client }: Place,
  { chatId, userId, activeId }: { chatId: string; userId: string; activeId: string | null },
): Promise<Taken> {
  const stopped = activeId === null ? null : await writeStop(client, { runId: activeId, userId, holdsQueue: false });
  const isFree = activeId === null || stopped?.status === 'aborted';
  const run = isFree ? await sendNextMessage(db, client, chatId) : null;
  return stopped ? { run, stoppedId: stopped.id } : { run };
}
