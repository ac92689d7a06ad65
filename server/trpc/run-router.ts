import { tracked } from '@trpc/server';
import { answerAgainInput, followInput, listRunsInput, regenerateInput, startRunInput, stopRunInput } from '#domain/inputs';
import { continueRun, regenerateRun } from '#server/runs/answer-again';
import { followChat } from '#server/runs/follow';
import { findLatestRun, findMessage, findRun, listRuns } from '#server/runs/reads';
import { readRunRecord } from '#server/runs/run-record';
import { sendMessage } from '#server/runs/send-message';
import { stopChat } from '#server/runs/stop-chat';
import { requestStop } from '#server/runs/transitions';
import {
  assertFound,
  assertMayWrite,
  assertSignedIn,
  authorizeChat,
  authorizeRun,
  authorizeWorkspace,
} from './authorize.ts';
import { chooseModel } from './choose-model.ts';
import { chatProcedure, chatWriteProcedure, router, runProcedure, workspaceProcedure } from './init.ts';
import { recheckEveryMs } from './live-options.ts';
import { toUserParts } from './user-parts.ts';
import { whileAuthorized } from './while-authorized.ts';

const pageSize = 50;

export const runRouter = router({
  start: chatWriteProcedure.input(startRunInput).mutation(async ({ ctx, input }) => {
    const model = await chooseModel(ctx.services.models, input.model);
    const { id, parentId } = input.message;
    const message = { id, parentId, parts: await toUserParts(ctx.services.db, ctx.chat, input.message) };
    return sendMessage(ctx.services.db, { ...ctx.chat, model, message, whenBusy: input.whenBusy });
  }),

  /** Idempotent where the client makes the new answer's id. */
  regenerate: runProcedure.input(regenerateInput).mutation(async ({ ctx, input }) => {
    assertMayWrite(ctx.chat);
    const model = input.model && (await chooseModel(ctx.services.models, input.model));
    return regenerateRun(ctx.services.db, { ...input, ...ctx.chat, model });
  }),

  /** Idempotent: the run that continues an answer is there once. */
  continue: runProcedure.input(answerAgainInput).mutation(async ({ ctx, input }) => {
    assertMayWrite(ctx.chat);
    const model = input.model && (await chooseModel(ctx.services.models, input.model));
    return continueRun(ctx.services.db, { ...ctx.chat, runId: input.runId, model });
  }),

  /** Idempotent: a settled run comes back as it is. */
  stop: workspaceProcedure.input(stopRunInput).mutation(async ({ ctx, input }) => {
    const { db } = ctx.services;
    if (!('runId' in input)) {
      const chat = await authorizeChat(db, ctx.workspace, input.chatId);
      assertMayWrite(chat);
      return { run: await stopChat(db, chat) };
    }
    const chat = await authorizeRun(db, ctx.workspace, input.runId);
    assertMayWrite(chat);
    return { run: await requestStop(db, { runId: input.runId, userId: chat.userId }) };
  }),

  latest: chatProcedure.query(async ({ ctx }) => {
    const { db } = ctx.services;
    const run = await findLatestRun(db, ctx.chat.chatId);
    return { run, message: run && (await findMessage(db, run.chatId, run.assistantMessageId)) };
  }),

  get: runProcedure.query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const run = assertFound(await findRun(db, { workspaceId: ctx.chat.workspaceId, runId: input.runId }));
    return { run, ...(await readRunRecord(db, run.id)) };
  }),

  list: workspaceProcedure.input(listRunsInput.optional()).query(async ({ ctx, input = {} }) => {
    const { status, cursor } = input;
    const page = { ...ctx.workspace, status, before: cursor ?? undefined, limit: pageSize + 1 };
    const runs = await listRuns(ctx.services.db, page);
    const items = runs.slice(0, pageSize);
    return { items, nextCursor: runs.length > pageSize ? items.at(-1)!.id : null };
  }),

  /** A chat's live view; see RunEvent. */
  follow: chatProcedure.input(followInput).subscription(async function* ({ ctx, input, signal }) {
    const { db, hub } = ctx.services;
    const { chatId } = ctx.chat;
    const authorize = async () =>
      authorizeChat(db, authorizeWorkspace(assertSignedIn(await ctx.findCallerNow())), chatId);
    const lastEventId = input.lastEventId ?? null;
    const events = whileAuthorized({ authorize, everyMs: recheckEveryMs, signal }, (ending) =>
      followChat(db, hub, { chatId, lastEventId, signal: ending }),
    );
    for await (const { id, event } of events) yield tracked(id, event);
  }),
});
