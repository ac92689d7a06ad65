import { TRPCError } from '@trpc/server';
import { removePromptInput, savePromptInput } from '#domain/inputs';
import { listPrompts, removePrompt, savePrompt } from '#server/chats/saved-prompts';
import { assertFound } from './authorize.ts';
import { router, workspaceProcedure } from './init.ts';

/** The caller's own prompts in the workspace. */
export const promptRouter = router({
  list: workspaceProcedure.query(async ({ ctx }) => ({ items: await listPrompts(ctx.services.db, ctx.workspace) })),

  /** Idempotent: there is one prompt of a name. */
  save: workspaceProcedure.input(savePromptInput).mutation(async ({ ctx, input }) => {
    const saved = await savePrompt(ctx.services.db, ctx.workspace, input);
    if (saved) return saved;
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'There is no room for another prompt: remove one first.' });
  }),

  remove: workspaceProcedure.input(removePromptInput).mutation(async ({ ctx, input }) => {
    assertFound((await removePrompt(ctx.services.db, ctx.workspace, input.promptId)) || null);
    return input;
  }),
});
