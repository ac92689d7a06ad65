'use client';

import { useTRPCClient } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { useSession } from '#components/auth/use-session.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import { emptyAnswer } from '#components/runs/use-run-actions.ts';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import { partsOf } from './attachment.ts';
import { reduceDraft, type DraftChange, type DraftState, type Outgoing } from './draft-state.ts';
import { sentMessage } from './sent-message.ts';

/** What becomes of a message while an answer is being written: it waits, or takes its place. */
export type SendWay = 'queue' | 'interrupt';

export type SendOptions = {
  draft: DraftState;
  change: (change: DraftChange) => void;
  apply: (change: RunStateChange) => void;
  /** the last message shown, which the new one answers */
  lastMessageId: string | null;
  model: string | undefined;
};

/** Sends what stands in the composer: makes the chat when there is none, then starts the run, or queues the message. */
export function useSend(options: SendOptions): (way: SendWay) => Promise<void> {
  const client = useTRPCClient();
  const ownId = useSession()?.user.id;
  const { draft, change, apply, lastMessageId: parentId, model } = options;

  return async (whenBusy) => {
    const sent = { type: 'sent', id: crypto.randomUUID() } as const;
    const { outgoing } = reduceDraft(draft, sent);
    if (!outgoing || outgoing === draft.outgoing) return;
    change(sent);
    try {
      const chatId = draft.chatId ?? outgoing.chatId ?? (await client.chat.create.mutate({})).id;
      if (draft.chatId === null) change({ type: 'chatMade', chatId });
      const message = { id: outgoing.id, parts: partsOf(outgoing) };
      const started = await client.run.start.mutate({ chatId, message, model, whenBusy });
      if (started.run === null) return apply({ type: 'queued', message: queuedMessage(outgoing, ownId) });
      const run = fromWire<RunView>(started.run);
      const messages = [sentMessage({ ...message, parentId, ownId, run }), emptyAnswer(run)];
      apply({ type: 'started', run, messages });
    } catch (error) {
      change({ type: 'refused', reason: reasonOf(error) });
    }
  };
}

/** Its place is told by the stream; until then it is the last. */
function queuedMessage(outgoing: Outgoing, ownId: string | undefined): ChatMessage {
  const createdAt = new Date().toISOString();
  const metadata = { status: 'queued', parentId: null, authorId: ownId ?? null, createdAt } as const;
  return { id: outgoing.id, role: 'user', parts: partsOf(outgoing), metadata };
}
