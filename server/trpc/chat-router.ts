import { TRPCError, tracked } from '@trpc/server';
import type { ChatView } from '#domain/chat-view';
import {
  activityInput,
  archiveChatInput,
  chatIdInput,
  createChatInput,
  listChatsInput,
  pinChatInput,
  renameChatInput,
  searchChatsInput,
  selectBranchInput,
} from '#domain/inputs';
import {
  archiveChat,
  createChat,
  deleteChat,
  markChatRead,
  pinChat,
  renameChat,
  restoreDeletedChat,
} from '#server/chats/change-chat';
import { followActivity } from '#server/chats/follow-activity';
import { findChat, listChats } from '#server/chats/list-chats';
import { decodePageCursor } from '#server/chats/page-cursor';
import { searchChats } from '#server/chats/search-chats';
import { selectBranch } from '#server/runs/branches';
import { findActiveRun, readChat } from '#server/runs/reads';
import type { RunDatabase } from '#server/runs/run-database';
import { requestStop } from '#server/runs/transitions';
import { assertFound, assertSignedIn, type AuthorizedChat } from './authorize.ts';
import { chatProcedure, chatWriteProcedure, router, workspaceProcedure } from './init.ts';
import { recheckEveryMs } from './live-options.ts';
import { whileAuthorized } from './while-authorized.ts';

export const chatRouter = router({
  create: workspaceProcedure.input(createChatInput).mutation(async ({ ctx, input }) => {
    const chatId = await createChat(ctx.services.db, ctx.workspace, input.title ?? '');
    return assertFound(await findChat(ctx.services.db, ctx.workspace, chatId));
  }),

  list: workspaceProcedure.input(listChatsInput.optional()).query(({ ctx, input = {} }) => {
    const after = input.cursor ? decodePageCursor(input.cursor) : null;
    if (input.cursor && !after) throw new TRPCError({ code: 'BAD_REQUEST', message: 'There is no such cursor.' });
    const { search, archived = false, pinned = false } = input;
    return listChats(ctx.services.db, ctx.workspace, { after, search, archived, pinned });
  }),

  search: workspaceProcedure.input(searchChatsInput).query(({ ctx, input: { query, cursor } }) =>
    searchChats(ctx.services.db, ctx.workspace, { query, offset: Number(cursor ?? 0) }),
  ),

  get: chatProcedure.query(async ({ ctx }): Promise<ChatView> => {
    const { db } = ctx.services;
    const content = await readChat(db, ctx.chat.chatId);
    return { ...(await readItem(db, ctx.chat)), ...content };
  }),

  rename: chatWriteProcedure.input(renameChatInput).mutation(async ({ ctx, input }) => {
    await renameChat(ctx.services.db, ctx.chat, input.title);
    return readItem(ctx.services.db, ctx.chat);
  }),

  archive: chatWriteProcedure.input(archiveChatInput).mutation(async ({ ctx, input }) => {
    await archiveChat(ctx.services.db, ctx.chat, input.archived);
    return readItem(ctx.services.db, ctx.chat);
  }),

  selectBranch: chatWriteProcedure
    .input(selectBranchInput)
    .mutation(({ ctx, input }) => selectBranch(ctx.services.db, { ...ctx.chat, messageId: input.messageId })),

  pin: chatProcedure.input(pinChatInput).mutation(async ({ ctx, input }) => {
    await pinChat(ctx.services.db, ctx.chat, input.pinned);
    return readItem(ctx.services.db, ctx.chat);
  }),

  markRead: chatProcedure.mutation(async ({ ctx }) => {
    await markChatRead(ctx.services.db, ctx.chat, ctx.chat.chatId);
    return readItem(ctx.services.db, ctx.chat);
  }),

  delete: chatWriteProcedure.mutation(async ({ ctx }) => {
    const { db } = ctx.services;
    const { chatId, userId } = ctx.chat;
    await deleteChat(db, ctx.chat, userId);
    const active = await findActiveRun(db, chatId);
    if (active) await requestStop(db, { runId: active.id, userId });
    return { chatId };
  }),

  /** The chat is back, or was never gone: asking twice does no harm. */
  restore: workspaceProcedure.input(chatIdInput).mutation(async ({ ctx, input }) => {
    await restoreDeletedChat(ctx.services.db, ctx.workspace, input.chatId);
    return assertFound(await findChat(ctx.services.db, ctx.workspace, input.chatId));
  }),

  /** What changes in the caller's chats; see ChatActivityEvent. */
  activity: workspaceProcedure.input(activityInput).subscription(async function* ({ ctx, input, signal }) {
    const { db, hub } = ctx.services;
    const authorize = async () => assertSignedIn(await ctx.findCallerNow());
    const lastEventId = input?.lastEventId ?? null;
    const events = whileAuthorized({ authorize, everyMs: recheckEveryMs, signal }, (ending) =>
      followActivity(db, hub, { membership: ctx.workspace, lastEventId, signal: ending }),
    );
    for await (const { id, event } of events) yield tracked(id, event);
  }),
});

async function readItem(db: RunDatabase, chat: AuthorizedChat) {
  return assertFound(await findChat(db, chat, chat.chatId));
}
