'use client';

import { useTRPCClient } from '#components/api/api-context.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { useSession } from '#components/auth/use-session.ts';
import type { RunStateChange } from '#components/runs/run-state.ts';
import { emptyAnswer } from '#components/runs/use-run-actions.ts';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import { isKeptFile } from './message-files.ts';
import { sentMessage } from './sent-message.ts';

export type ResendOptions = {
  chatId: string | null;
  model: string | undefined;
  apply: (change: RunStateChange) => void;
};

/**
 * wording: id and text of the message that takes the place of the old one, which stays as another version. The files go
 * with it.
 */
export type Resend = (message: ChatMessage, wording: { id: string; text: string }) => Promise<void>;

/** Says a message anew. The same id twice is the same message. */
export function useResend({ chatId, model, apply }: ResendOptions): Resend {
  const client = useTRPCClient();
  const ownId = useSession()?.user.id;
  return async (message, wording) => {
    if (chatId === null) throw new Error('there is no chat yet');
    const parentId = message.metadata?.parentId ?? null;
    const { id, text } = wording;
    const parts = [...message.parts.filter(isKeptFile), { type: 'text' as const, text }];
    const started = await client.run.start.mutate({ chatId, message: { id, parts, parentId }, model });
    // It is not one that may be queued: in a chat that is being answered it is refused.
    if (started.run === null) throw new Error('a message that is said anew never waits');
    const run = fromWire<RunView>(started.run);
    apply({ type: 'started', run, messages: [sentMessage({ id, parts, parentId, ownId, run }), emptyAnswer(run)] });
  };
}
