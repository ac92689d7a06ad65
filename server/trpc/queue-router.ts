import { editQueuedInput, queuedMessageInput } from '#domain/inputs';
import { editQueuedMessage, removeQueuedMessage, resumeQueue } from '#server/runs/change-queue';
import { cleanValue } from '#server/runs/clean-chunk';
import { chatWriteProcedure, router } from './init.ts';

export const queueRouter = router({
  edit: chatWriteProcedure.input(editQueuedInput).mutation(async ({ ctx, input }) => {
    const { messageId } = input;
    await editQueuedMessage(ctx.services.db, { ...ctx.chat, messageId, text: cleanValue(input.text) as string });
    return { messageId };
  }),

  /** Idempotent: a message that was removed stays removed. */
  remove: chatWriteProcedure.input(queuedMessageInput).mutation(async ({ ctx, input }) => {
    const { messageId } = input;
    await removeQueuedMessage(ctx.services.db, { ...ctx.chat, messageId });
    return { messageId };
  }),

  /** Idempotent: what goes out by itself already is left alone. */
  resume: chatWriteProcedure.mutation(async ({ ctx }) => ({ run: await resumeQueue(ctx.services.db, ctx.chat) })),
});
