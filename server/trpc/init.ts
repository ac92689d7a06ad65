/** The ladder: public (or with a link) → signed in → workspace member → chat member. A procedure names the rung it stands on. */
import { initTRPC, TRPCError } from '@trpc/server';
import { chatIdInput, runIdInput, shareTokenInput } from '#domain/inputs';
import {
  assertMayWrite,
  assertSignedIn,
  authorizeChat,
  authorizeRun,
  authorizeShare,
  authorizeWorkspace,
} from './authorize.ts';
import type { Context } from './context.ts';
import { formatError } from './errors.ts';
import { sseOptions } from './live-options.ts';

const t = initTRPC.context<Context>().create({ isDev: false, errorFormatter: formatError, sse: sseOptions });

export const { router, createCallerFactory } = t;

/** Anybody; mutations only in a form that a foreign page cannot send. */
export const publicProcedure = t.procedure.use(({ ctx, type, next }) => {
  if (type !== 'mutation' || ctx.mayMutate) return next();
  throw new TRPCError({ code: 'FORBIDDEN', message: 'Mutations are JSON and carry the header x-holdfast: 1.' });
});

export const signedInProcedure = publicProcedure.use(async ({ ctx, next }) =>
  next({ ctx: { caller: assertSignedIn(await ctx.findCaller()) } }),
);

/** ctx.workspace: the one the caller works in. */
export const workspaceProcedure = signedInProcedure.use(({ ctx, next }) =>
  next({ ctx: { workspace: authorizeWorkspace(ctx.caller) } }),
);

/** ctx.chat: the one named by `chatId`. */
export const chatProcedure = workspaceProcedure.input(chatIdInput).use(async ({ ctx, input, next }) => {
  const chat = await authorizeChat(ctx.services.db, ctx.workspace, input.chatId);
  return next({ ctx: { chat } });
});

/** As chatProcedure, for those who may change it. */
export const chatWriteProcedure = chatProcedure.use(({ ctx, next }) => {
  assertMayWrite(ctx.chat);
  return next();
});

/** ctx.chat: the one of the run named by `runId`. */
export const runProcedure = workspaceProcedure.input(runIdInput).use(async ({ ctx, input, next }) => {
  const chat = await authorizeRun(ctx.services.db, ctx.workspace, input.runId);
  return next({ ctx: { chat } });
});

/** ctx.share: the chat that the link of `token` opens, to whoever has it; no session is asked for. */
export const shareProcedure = publicProcedure.input(shareTokenInput).use(async ({ ctx, input, next }) => {
  const share = await authorizeShare(ctx.services.db, input.token);
  return next({ ctx: { share } });
});
