import { tracked } from '@trpc/server';
import { followShareInput } from '#domain/inputs';
import type { SharedChatView } from '#domain/share-view';
import { findShare, readSharedTitle, revokeShare, shareChat } from '#server/chats/share-chat';
import { toSharedEvent, toSharedMessages, toSharedRun } from '#server/chats/shared-content';
import { followChat } from '#server/runs/follow';
import { readChat } from '#server/runs/reads';
import { listShownIds } from '#server/runs/shown-branch';
import { assertFound, authorizeShare } from './authorize.ts';
import { chatWriteProcedure, router, shareProcedure } from './init.ts';

export const shareRouter = router({
  /** Idempotent: a chat has one link. */
  create: chatWriteProcedure.mutation(async ({ ctx }) => assertFound(await shareChat(ctx.services.db, ctx.chat))),

  /** Not for viewers: who has the link may give it away. */
  find: chatWriteProcedure.query(async ({ ctx }) => ({ share: await findShare(ctx.services.db, ctx.chat) })),

  /** Idempotent. */
  revoke: chatWriteProcedure.mutation(async ({ ctx }) => {
    await revokeShare(ctx.services.db, ctx.chat);
    return { share: null };
  }),

  get: shareProcedure.query(async ({ ctx }): Promise<SharedChatView> => {
    const { db } = ctx.services;
    const { messages, run, cursor } = await readChat(db, ctx.share.chatId);
    const title = await readSharedTitle(db, ctx.share);
    const shown = new Set(messages.map(({ id }) => id));
    return { title, messages: toSharedMessages(messages), run: run && toSharedRun(run, shown), cursor };
  }),

  /** As run.follow, for whoever has the link. A link that is revoked ends it with NOT_FOUND. */
  follow: shareProcedure.input(followShareInput).subscription(async function* ({ ctx, input, signal }) {
    const { db, hub } = ctx.services;
    const { token, lastEventId } = input;
    const { chatId } = ctx.share;
    let shown: ReadonlySet<string> = new Set();
    const events = followChat(db, hub, {
      chatId,
      lastEventId,
      // After each reading of what has changed: another branch that is shown later raises the revision again.
      recheck: async () => {
        await authorizeShare(db, token);
        shown = await listShownIds(db, chatId);
      },
      signal: AbortSignal.any(signal ? [signal] : []),
    });
    for await (const { id, event } of events) {
      const shared = toSharedEvent(event, shown);
      if (shared) yield tracked(id, shared);
    }
  }),
});
