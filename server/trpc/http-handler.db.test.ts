import pg from 'pg';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunEvent } from '#domain/run-event';
import { type Services, shareServices } from '#server/services';
import { mutate, query, signInGuest, subscribe, testOrigin, useServices } from '#server/testing/web-services';
import { handleApiRequest } from './http-handler.ts';

describe('handleApiRequest', () => {
  const context = useServices();
  let cookie: string;
  let chatId: string;

  beforeAll(async () => {
    cookie = await signInGuest(context.services);
    chatId = (await mutate(cookie, 'chat.create', {})).result.id;
  });

  it.each([
    ['without the header', { 'x-holdfast': '' }],
    ['with another value', { 'x-holdfast': '2' }],
  ])('refuses a mutation %s', async (_, headers) => {
    expect(await mutate({ cookie, ...headers }, 'chat.create', {})).toMatchObject({
      status: 403,
      error: { data: { reason: 'FORBIDDEN' } },
    });
  });

  it.each([
    ['a form', new FormData(), 403],
    ['bytes', new Blob(['{}'], { type: 'application/octet-stream' }), 403],
    ['plain text', new Blob(['{}'], { type: 'text/plain' }), 415],
    ['JSON under the name of a form', new Blob(['{}'], { type: 'multipart/form-data; x=application/json' }), 403],
  ])('refuses a mutation that comes as %s', async (_, body, status) => {
    const request = new Request(`${testOrigin}/api/trpc/chat.create`, {
      method: 'POST',
      headers: { cookie, 'x-holdfast': '1' },
      body,
    });
    expect((await handleApiRequest(request)).status).toBe(status);
  });

  it('explains wrong input by its issues, and says nothing of our own', async () => {
    const { status, error } = await mutate(cookie, 'run.start', { chatId: 'x', message: {} });
    expect(status).toBe(400);
    expect(error.data).toEqual({
      code: 'BAD_REQUEST',
      httpStatus: 400,
      path: 'run.start',
      reason: 'BAD_REQUEST',
      issues: expect.arrayContaining([expect.objectContaining({ path: 'chatId' })]),
    });
  });

  it('answers RUN_ACTIVE with the active run, and only that with one', async () => {
    const start = () => mutate(cookie, 'run.start', { chatId, message: { text: 'one' } });
    const { result } = await start();
    const second = await start();
    expect(second).toMatchObject({ status: 409, error: { data: { code: 'CONFLICT', reason: 'RUN_ACTIVE' } } });
    expect(second.error.data.activeRunId).toBe(result.run!.id);
    const id = result.userMessageId;
    const conflict = await mutate(cookie, 'run.start', { chatId, message: { id, text: 'other words' } });
    expect(conflict).toMatchObject({ status: 409, error: { data: { reason: 'MESSAGE_CONFLICT' } } });
    expect(conflict.error.data).not.toHaveProperty('activeRunId');
  });

  it('takes a repeated start for the same start', async () => {
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    const message = { id: crypto.randomUUID(), text: 'a NUL \0 and half a \ud83d pair' };
    const answers = await Promise.all([1, 2, 3].map(() => mutate(cookie, 'run.start', { chatId: chat.id, message })));
    expect(new Set(answers.map(({ result }) => result.run!.id)).size).toBe(1);
    expect((await query(cookie, 'message.list', { chatId: chat.id })).result.messages[0]?.parts).toEqual([
      { type: 'text', text: 'a NUL  and half a \ufffd pair' },
    ]);
  });

  it('keeps a message for later, changes it, takes it back, and says when it is too late', async () => {
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    const send = (text: string, whenBusy: string) => mutate(cookie, 'run.start', { chatId: chat.id, message: { text }, whenBusy });
    const { result: first } = await send('one', 'queue');
    expect(first).toMatchObject({ run: { status: 'pending' }, queued: false });
    const { result: second } = await send('two', 'queue');
    expect(second).toEqual({ run: null, userMessageId: second.userMessageId, assistantMessageId: null, queued: true });
    const place = { chatId: chat.id, messageId: second.userMessageId };
    expect((await mutate(cookie, 'queue.edit', { ...place, text: 'three' })).result).toEqual({ messageId: place.messageId });
    const { messages } = (await query(cookie, 'message.list', { chatId: chat.id })).result;
    expect(messages.at(-1)).toMatchObject({
      parts: [{ type: 'text', text: 'three' }],
      metadata: { status: 'queued', parentId: null, queue: { position: 1, paused: false } },
    });
    expect(await mutate(cookie, 'queue.edit', { ...place, text: ' ' })).toMatchObject({ status: 400 });
    expect((await mutate(cookie, 'queue.remove', place)).result).toEqual({ messageId: place.messageId });
    expect((await query(cookie, 'message.list', { chatId: chat.id })).result.messages).toHaveLength(2);
    const late = await mutate(cookie, 'queue.edit', { ...place, messageId: first.userMessageId, text: 'x' });
    expect(late).toMatchObject({ status: 409, error: { data: { reason: 'MESSAGE_SENT' } } });
    expect((await mutate(cookie, 'queue.resume', { chatId: chat.id })).result).toEqual({ run: null });
  });

  it('refuses a place in the tree for a message that may be queued', async () => {
    const message = { text: 'x', parentId: null };
    const answer = await mutate(cookie, 'run.start', { chatId, message, whenBusy: 'queue' });
    expect(answer).toMatchObject({ status: 400, error: { data: { issues: [{ path: 'message.parentId' }] } } });
  });

  it('refuses models that are not offered', async () => {
    const answer = await mutate(cookie, 'run.start', { chatId, message: { text: 'x' }, model: 'openai:gpt' });
    expect(answer).toMatchObject({ status: 400, error: { message: 'This model is not offered here.' } });
  });

  it('stops by run and by chat, and says so where there is nothing to stop', async () => {
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    expect((await mutate(cookie, 'run.stop', { chatId: chat.id })).result).toEqual({ run: null });
    expect((await query(cookie, 'run.latest', { chatId: chat.id })).result).toEqual({ run: null, message: null });
    const { result } = await mutate(cookie, 'run.start', { chatId: chat.id, message: { text: 'one' } });
    const stopped = await mutate(cookie, 'run.stop', { runId: result.run!.id });
    expect(stopped.result.run).toMatchObject({ id: result.run!.id, status: 'aborted' });
    expect((await mutate(cookie, 'run.stop', { chatId: chat.id })).result).toEqual(stopped.result);
    expect((await query(cookie, 'run.latest', { chatId: chat.id })).result).toMatchObject({
      run: { id: result.run!.id },
      message: { id: result.assistantMessageId, metadata: { status: 'aborted' } },
    });
  });

  it('deletes a chat together with its run', async () => {
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    const { result } = await mutate(cookie, 'run.start', { chatId: chat.id, message: { text: 'one' } });
    expect((await mutate(cookie, 'chat.delete', { chatId: chat.id })).result).toEqual({ chatId: chat.id });
    const run = await context.services.db.prisma.run.findUnique({ where: { id: result.run!.id } });
    expect(run).toMatchObject({ status: 'aborted' });
  });

  it('follows a chat: what is, then what comes', async () => {
    const { result: chat } = await mutate(cookie, 'chat.create', {});
    const events = subscribe<RunEvent>(cookie, 'run.follow', { chatId: chat.id });
    expect(await events.next()).toMatchObject({ value: { event: 'connected' } });
    expect(await events.next()).toMatchObject({ value: { data: { type: 'run', run: null } } });
    const { result } = await mutate(cookie, 'run.start', { chatId: chat.id, message: { text: 'one' } });
    const types = [];
    for await (const { data, id } of events) {
      types.push(data.type);
      expect(id).toBeTruthy();
      if (data.type !== 'run') continue;
      expect(data.run).toMatchObject({ id: result.run!.id, status: 'pending' });
      break;
    }
    expect(types).toEqual(['message', 'message', 'run']);
  });

  it('pages through runs by a cursor', async () => {
    expect((await query(cookie, 'run.list', { cursor: 'garbage' })).status).toBe(400);
    const { items } = (await query(cookie, 'run.list', { status: 'aborted' })).result;
    const next = (await query(cookie, 'run.list', { status: 'aborted', cursor: items[0]!.id })).result;
    expect(next.items).toEqual(items.slice(1));
  });

  /** The API on another database, until the test ends. */
  function moveTo(connectionString: string, log: unknown = context.services.log) {
    const { services } = context;
    const pool = new pg.Pool({ connectionString });
    shareServices({ ...services, log: log as Services['log'], db: { ...services.db, pool } });
    onTestFinished(async () => {
      shareServices(services);
      await pool.end();
    });
  }

  it('says UNAVAILABLE while the database is away', async () => {
    moveTo('postgresql://127.0.0.1:1/nobody');
    expect(await query(cookie, 'chat.list')).toMatchObject({
      status: 503,
      error: { data: { code: 'SERVICE_UNAVAILABLE', reason: 'UNAVAILABLE' } },
    });
  });

  it('tells an internal error only by an id that is in the log', async () => {
    const log = { error: vi.fn(), debug: vi.fn() };
    // A database without our tables.
    moveTo(context.services.env.DATABASE_URL.replace(/[^/]*$/, 'postgres'), log);
    const { status, error } = await query(cookie, 'chat.list');
    expect([status, error.message]).toEqual([500, 'Something went wrong on our side.']);
    expect(JSON.stringify(error)).not.toMatch(/session|relation|stack/);
    expect(log.error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ errorId: error.data.errorId, path: 'chat.list' }),
      'call failed',
    );
  });
});
