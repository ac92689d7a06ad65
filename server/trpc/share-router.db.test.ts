/** A shared chat as somebody without a session sees it, and what its owner can do about that. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '#domain/run-event';
import { revokeShare } from '#server/chats/share-chat';
import { startRun } from '#server/runs/enqueue';
import { requestStop } from '#server/runs/transitions';
import { insertRun } from '#server/testing/run-factories';
import {
  callerOf,
  mutate,
  query,
  type ServerSentEvent,
  signInGuest,
  subscribe,
  useServices,
} from '#server/testing/web-services';

const nobody = '';

describe('shareRouter', () => {
  const context = useServices();
  let owner: string;

  beforeAll(async () => {
    owner = await signInGuest(context.services);
  });

  /** A chat of the owner's with a run under way, and its link. */
  async function shareTurn() {
    const { db } = context.services;
    const caller = (await callerOf(context.services, owner))!;
    const { id: chatId } = (await mutate(owner, 'chat.create', { title: 'Boats' })).result;
    const { runId, assistantMessageId } = await insertRun(db, { ...caller, chatId }, { status: 'running' });
    const { token } = (await mutate(owner, 'share.create', { chatId })).result;
    return { chatId, runId, assistantMessageId, token, caller };
  }

  /** Follows until the stream has told of the run. */
  async function followByLink(token: string) {
    const events = subscribe<RunEvent>(nobody, 'share.follow', { token });
    for (;;) {
      const { value } = (await events.next()) as { value: ServerSentEvent<RunEvent> };
      if (value.event === 'message' && value.data.type === 'run') return { events, run: value.data.run };
    }
  }

  async function refusalIn(events: AsyncGenerator<ServerSentEvent<unknown>>): Promise<string> {
    for await (const { event, data } of events) if (event === 'serialized-error') return JSON.stringify(data);
    throw new Error('the stream ended without a refusal');
  }

  it('shows the chat to somebody without a session, and says nothing of its people and its place', async () => {
    const { token, chatId, runId, caller } = await shareTurn();
    const { status, result } = await query(nobody, 'share.get', { token });
    expect([status, result.title, result.run?.id]).toEqual([200, 'Boats', runId]);
    expect(result.messages.map(({ role, metadata }) => [role, metadata?.status])).toEqual([
      ['user', 'completed'],
      ['assistant', 'streaming'],
    ]);
    for (const trace of [caller.userId, caller.workspaceId, '@', caller.name]) {
      expect(JSON.stringify(result), trace).not.toContain(trace);
    }
    // The ids that are told open nothing.
    const stranger = await signInGuest(context.services);
    expect((await query(stranger, 'chat.get', { chatId })).status).toBe(404);
    expect((await mutate(stranger, 'run.stop', { runId })).status).toBe(404);
    expect((await mutate(nobody, 'run.stop', { runId })).status).toBe(401);
  });

  it('gives one link, however often its answer is lost and it is asked for again', async () => {
    const { chatId, token } = await shareTurn();
    const answers = await Promise.all([1, 2, 3].map(() => mutate(owner, 'share.create', { chatId })));
    expect(answers.map(({ result }) => result.token)).toEqual([token, token, token]);
    expect((await query(owner, 'share.find', { chatId })).result.share?.token).toBe(token);
  });

  it('refuses a wrong link like a chat that does not exist', async () => {
    const refusal = { status: 404, error: { data: { reason: 'NOT_FOUND' } } };
    expect(await query(nobody, 'share.get', { token: 'x'.repeat(32) })).toMatchObject(refusal);
    expect(await query(nobody, 'share.get', { token: '' })).toMatchObject(refusal);
    expect(await refusalIn(subscribe(nobody, 'share.follow', { token: '' }))).toContain('NOT_FOUND');
  });

  it('ends the link at once when it is revoked, for those who follow, too', async () => {
    const { chatId, token, runId } = await shareTurn();
    const { events, run } = await followByLink(token);
    expect(run?.id).toBe(runId);
    const ended = refusalIn(events);
    expect((await mutate(owner, 'share.revoke', { chatId })).result).toEqual({ share: null });
    expect(await ended).toContain('NOT_FOUND');
    expect((await query(nobody, 'share.get', { token })).status).toBe(404);
    expect((await mutate(owner, 'share.revoke', { chatId })).result).toEqual({ share: null });
    const { result } = await mutate(owner, 'share.create', { chatId });
    expect(result.token).not.toBe(token);
    expect((await query(nobody, 'share.get', { token })).status).toBe(404);
    expect((await query(nobody, 'share.get', { token: result.token })).status).toBe(200);
  });

  it('tells nothing of other branches, whatever the reader begins from', async () => {
    const { db } = context.services;
    const caller = (await callerOf(context.services, owner))!;
    const { id: chatId } = (await mutate(owner, 'chat.create', { title: 'Boats' })).result;
    const ask = async (text: string) => {
      const message = { parts: [{ type: 'text' as const, text }], parentId: null };
      const started = await startRun(db, { ...caller, chatId, model: 'demo:demo', message });
      await requestStop(db, { runId: started.run.id, userId: null });
      return started;
    };
    const shown = await ask('what is shown');
    await ask('a secret that was edited away');
    await mutate(owner, 'chat.selectBranch', { chatId, messageId: shown.userMessageId });
    for (const lastEventId of [undefined, '0', 'x']) {
      const { token } = (await mutate(owner, 'share.create', { chatId })).result;
      const { messages } = (await query(nobody, 'share.get', { token })).result;
      expect(messages.map(({ id }) => id)).toEqual([shown.userMessageId, shown.assistantMessageId]);
      const told: RunEvent[] = [];
      for await (const { event, data } of subscribe<RunEvent>(nobody, 'share.follow', { token, lastEventId })) {
        if (event === 'serialized-error') break;
        if (event === 'message') told.push(data);
        if (event === 'message' && data.type === 'run') await mutate(owner, 'share.revoke', { chatId });
      }
      expect(told.length, lastEventId).toBeGreaterThan(0);
      expect(JSON.stringify(told)).not.toContain('secret');
    }
  });

  it('ends it where the notification is lost', async () => {
    const { db } = context.services;
    const { chatId, token, caller } = await shareTurn();
    const { events } = await followByLink(token);
    const silent = { ...db, hints: { ...db.hints, chatChanged: () => undefined } };
    await revokeShare(silent, { chatId, workspaceId: caller.workspaceId });
    expect(await refusalIn(events)).toContain('NOT_FOUND');
  });

  it('ends a stream whose link is revoked as it begins', async () => {
    const { chatId, token } = await shareTurn();
    const events = subscribe<RunEvent>(nobody, 'share.follow', { token });
    expect(await events.next()).toMatchObject({ value: { event: 'connected' } });
    await mutate(owner, 'share.revoke', { chatId });
    expect(await refusalIn(events)).toContain('NOT_FOUND');
  });

  it('goes with a deleted chat and comes back with it', async () => {
    const { chatId, token } = await shareTurn();
    const { events } = await followByLink(token);
    await mutate(owner, 'chat.delete', { chatId });
    // Whoever follows is sent away, and refused when he asks again.
    for await (const { event } of events) expect(event).not.toBe('connected');
    expect((await query(nobody, 'share.get', { token })).status).toBe(404);
    expect((await mutate(owner, 'share.create', { chatId })).status).toBe(404);
    await mutate(owner, 'chat.restore', { chatId });
    expect((await query(nobody, 'share.get', { token })).status).toBe(200);
  });

  it('stays with an archived chat', async () => {
    const { chatId, token } = await shareTurn();
    const { result } = await mutate(owner, 'chat.archive', { chatId, archived: true });
    expect(result.sharedAt).not.toBeNull();
    expect((await query(nobody, 'share.get', { token })).status).toBe(200);
  });
});
