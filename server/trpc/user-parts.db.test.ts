import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { maxFilesPerMessage } from '#domain/file-limits';
import { upload } from '#server/testing/upload';
import { callAuth, callerOf, cookieOf, mutate, query, signInGuest, useServices } from '#server/testing/web-services';

const text = Buffer.from('The tide comes twice a day.');

describe('run.start with files', () => {
  const context = useServices();
  let cookie: string;
  let chatId: string;

  beforeAll(async () => {
    cookie = await signInGuest(context.services);
  });
  beforeEach(async () => {
    chatId = (await mutate(cookie, 'chat.create', {})).result.id;
  });

  const start = (parts: unknown[], more = {}, whenBusy = 'reject') =>
    mutate(cookie, 'run.start', { chatId, message: { parts, ...more }, whenBusy });
  const partsOf = async () => (await query(cookie, 'message.list', { chatId })).result.messages[0]?.parts;

  it('stores what the server knows of a file, whatever the client says of it', async () => {
    const { id } = await upload(cookie, text, { name: 'tide.md' });
    const url = `/api/files/${id}`;
    await start([{ type: 'file', url, filename: 'evil.exe', mediaType: 'image/png' }, { type: 'text', text: 'Read' }]);
    expect(await partsOf()).toEqual([
      { type: 'file', mediaType: 'text/markdown', filename: 'tide.md', url },
      { type: 'text', text: 'Read' },
    ]);
  });

  it('takes a file without words, and names the chat after it', async () => {
    const { id } = await upload(cookie, text, { name: 'tide.md' });
    expect((await start([{ type: 'file', fileId: id }])).status).toBe(200);
    expect((await query(cookie, 'chat.get', { chatId })).result.title).toBe('tide.md');
  });

  it('takes a repeated start for the same start, in either form', async () => {
    const file = await upload(cookie, text);
    const id = crypto.randomUUID();
    const first = await start([{ type: 'file', fileId: file.id }], { id });
    const again = await start([{ type: 'file', url: `/api/files/${file.id.toUpperCase()}` }], { id });
    expect(again.result).toEqual(first.result);
    const other = await upload(cookie, text);
    const conflict = await start([{ type: 'file', fileId: other.id }], { id });
    expect(conflict.error.data.reason).toBe('MESSAGE_CONFLICT');
  });

  it('tells nothing apart: foreign, unknown', async () => {
    const { id } = await upload(await signInGuest(context.services), text);
    const unknown = await start([{ type: 'file', fileId: crypto.randomUUID() }]);
    expect(unknown).toMatchObject({ status: 400, error: { data: { reason: 'FILE_GONE' } } });
    expect((await start([{ type: 'file', fileId: id }])).error).toEqual(unknown.error);
    expect(await partsOf()).toBeUndefined();
  });

  it.each([
    ['an address elsewhere', 'https://example.com/photo.png'],
    ['a file inside the message', 'data:image/png;base64,AAAA'],
    ['another route', '/api/trpc/chat.list'],
  ])('refuses %s', async (_, url) => {
    const answer = await start([{ type: 'file', url, mediaType: 'image/png' }]);
    expect(answer).toMatchObject({ status: 400, error: { data: { reason: 'BAD_REQUEST' } } });
  });

  it('refuses too many files, and too much of them', async () => {
    const { services } = context;
    const { userId, workspaceId } = (await callerOf(services, cookie))!;
    const { rows } = await services.db.pool.query<{ id: string }>(
      `INSERT INTO file (id, workspace_id, created_by_id, name, media_type, byte_size, sha256, bytes)
       SELECT gen_random_uuid(), $1, $2, 'x', 'text/plain', 10000000, '', decode(repeat('61', 10000000), 'hex')
         FROM generate_series(1, 4) RETURNING id`,
      [workspaceId, userId],
    );
    const parts = rows.map(({ id }) => ({ type: 'file', fileId: id }));
    expect((await start(parts)).error.message).toMatch(/32 MB/);
    const many = Array.from({ length: maxFilesPerMessage + 1 }, () => parts[0]);
    expect((await start(many)).error.data.issues).toMatchObject([{ message: expect.stringContaining('10 files') }]);
    expect((await start(parts.slice(0, 3))).status).toBe(200);
  });

  it('keeps files in the queue, and takes them back with their message unless another one holds them', async () => {
    const { pool } = context.services.db;
    const [first, second] = [await upload(cookie, text), await upload(cookie, text, { name: 'other.txt' })];
    await start([{ type: 'text', text: 'busy' }]);
    const queue = (...files: { id: string }[]) =>
      start(files.map(({ id }) => ({ type: 'file', fileId: id })), {}, 'queue');
    const { result: only } = await queue(first);
    const { result: both } = await queue(first, second);
    const held = async () => (await pool.query('SELECT file_id AS id FROM chat_file WHERE chat_id = $1', [chatId])).rows;
    expect(await held()).toHaveLength(2);
    const messagesIn = async () => (await query(cookie, 'message.list', { chatId })).result.messages;

    await mutate(cookie, 'queue.edit', { chatId, messageId: only.userMessageId, text: 'Read' });
    expect((await messagesIn()).find(({ id }) => id === only.userMessageId)?.parts).toMatchObject([
      { type: 'file', url: `/api/files/${first.id}` },
      { type: 'text', text: 'Read' },
    ]);
    await mutate(cookie, 'queue.remove', { chatId, messageId: both.userMessageId });
    expect(await held()).toEqual([{ id: first.id }]);
    await mutate(cookie, 'queue.remove', { chatId, messageId: only.userMessageId });
    expect(await held()).toEqual([]);
    expect((await queue({ id: crypto.randomUUID() })).error.data.reason).toBe('FILE_GONE');
  });

  it('goes over to an account with the chat', async () => {
    const guest = await signInGuest(context.services);
    const [sent, unsent] = [await upload(guest, text), await upload(guest, text, { name: 'unsent.txt' })];
    const { result: chat } = await mutate(guest, 'chat.create', {});
    const message = { parts: [{ type: 'file', fileId: sent.id }] };
    await mutate(guest, 'run.start', { chatId: chat.id, message });
    const body = { name: 'Ada', email: `${crypto.randomUUID()}@example.com`, password: 'long enough' };
    const account = cookieOf(await callAuth(context.services, '/sign-up/email', { body, cookie: guest }));
    const { userId, workspaceId } = (await callerOf(context.services, account))!;
    const files = await context.services.db.prisma.file.findMany({ where: { id: { in: [sent.id, unsent.id] } } });
    expect(files.map((file) => [file.workspaceId, file.createdById])).toEqual(files.map(() => [workspaceId, userId]));
    expect(files).toHaveLength(2);
  });
});
