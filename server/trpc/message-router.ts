import { listMessages } from '#server/runs/reads';
import { chatProcedure, router } from './init.ts';

export const messageRouter = router({
  list: chatProcedure.query(async ({ ctx }) => ({ messages: await listMessages(ctx.services.db, ctx.chat.chatId) })),
});
