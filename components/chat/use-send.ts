'use client';

import { useTRPCClient } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import { emptyAnswer } from '#components/runs/use-run-actions.ts';
import type { RunView } from '#domain/run-view';
import { reduceDraft, type DraftChange, type DraftState } from './draft-state.ts';
import { sentMessage } from './sent-message.ts';

export type SendOptions = {
  /** null when the chat is made by its first message */
  chatId: string | null;
  draft: DraftState;
  change: (change: DraftChange) => void;
  apply: (change: RunStateChange) => void;
  /** the last message shown, which the new one answers */
  lastMessageId: string | null;
  model: string | undefined;
  /** who is asking; undefined until it is known */
  ownId: string | undefined;
  /** an answer is known to be in progress: the server would refuse */
  busy: boolean;
};

/** Sends what stands in the composer: makes the chat when there is none, then starts the run. */
export function useSend(options: SendOptions): () => Promise<void> {
  const client = useTRPCClient();
  const { draft, change, apply } = options;

  return async () => {
    const sent = { type: 'sent', id: crypto.randomUUID() } as const;
    const { outgoing } = reduceDraft(draft, sent);
    if (!outgoing || outgoing === draft.outgoing) return;
    change(sent);
    if (options.busy) return change({ type: 'refused', reason: 'RUN_ACTIVE' });
    try {
      const chatId = options.chatId ?? outgoing.chatId ?? (await client.chat.create.mutate({})).id;
      if (options.chatId === null) change({ type: 'chatMade', chatId });
      const message = { id: outgoing.id, text: outgoing.text };
      const started = await client.run.start.mutate({ chatId, message, model: options.model });
      const run = fromWire<RunView>(started.run);
      const { lastMessageId: parentId, ownId } = options;
      const messages = [sentMessage({ ...message, parentId, ownId, run }), emptyAnswer(run)];
      apply({ type: 'started', run, messages });
    } catch (error) {
      change({ type: 'refused', reason: reasonOf(error) });
    }
  };
}
