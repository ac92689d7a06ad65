import { beforeAll, describe, expect, it } from 'vitest';
import { maxFileBytes } from '#domain/file-limits';
import { sampleFiles } from '#server/testing/sample-files';
import { download, upload } from '#server/testing/upload';
import { callerOf, mutate, signInGuest, useServices } from '#server/testing/web-services';

const text = Buffer.from('The tide comes twice a day.');

describe('handleUpload', () => {
  const context = useServices();
  let cookie: string;

  beforeAll(async () => {
    cookie = await signInGuest(context.services);
  });

  it('keeps a file and says what it is', async () => {
    const file = await upload(cookie, sampleFiles.png, { name: 'a/photo.png', type: 'image/png' });
    expect(file).toMatchObject({ status: 201, name: 'photo.png', mediaType: 'image/png', size: sampleFiles.png.length });
  });

  it('finds what it has kept when it is asked again, as after a lost answer', async () => {
    const send = (name: string, bytes = text) => upload(cookie, bytes, { name });
    const first = await send('again.txt');
    expect(await send('again.txt')).toEqual(first);
    const others = [await send('other.txt'), await send('again.txt', Buffer.from('Other words.'))];
    expect(new Set([first, ...others].map(({ id }) => id)).size).toBe(3);

    const { result: chat } = await mutate(cookie, 'chat.create', {});
    await mutate(cookie, 'run.start', { chatId: chat.id, message: { parts: [{ type: 'file', fileId: first.id }] } });
    expect((await send('again.txt')).id).not.toBe(first.id);
  });

  it.each([
    { what: 'nothing', bytes: Buffer.alloc(0), type: '', status: 400, reason: 'FILE_EMPTY' },
    { what: 'too much', bytes: Buffer.alloc(maxFileBytes + 1, 'a'), type: '', status: 413, reason: 'FILE_TOO_LARGE' },
    { what: 'an archive', bytes: sampleFiles.zip, type: '', status: 415, reason: 'FILE_TYPE_REFUSED' },
    { what: 'a lie', bytes: text, type: 'image/png', status: 415, reason: 'FILE_TYPE_DIFFERS' },
  ])('refuses $what, and says why', async ({ bytes, type, status, reason }) => {
    const answer = await upload(cookie, bytes, { type });
    expect(answer).toMatchObject({ status, error: { data: { reason }, message: expect.stringMatching(/\.$/) } });
  });

  it('takes a file of exactly the limit', async () => {
    expect(await upload(cookie, Buffer.alloc(maxFileBytes, 'a'))).toMatchObject({ status: 201, size: maxFileBytes });
  });

  it('asks for a session and for the header that no foreign form can send', async () => {
    expect(await upload('', text)).toMatchObject({ status: 401, error: { data: { reason: 'UNAUTHORIZED' } } });
    const headers = { 'x-holdfast': '' };
    expect(await upload(cookie, text, { headers })).toMatchObject({ status: 403, error: { data: { reason: 'FORBIDDEN' } } });
  });

  it('keeps only so many files that nobody sends', async () => {
    const { services } = context;
    const crowded = await signInGuest(services);
    const { userId, workspaceId } = (await callerOf(services, crowded))!;
    await services.db.pool.query(
      `INSERT INTO file (id, workspace_id, created_by_id, name, media_type, byte_size, sha256, bytes)
       SELECT gen_random_uuid(), $1, $2, 'x', 'text/plain', 1, '', 'x' FROM generate_series(1, 100)`,
      [workspaceId, userId],
    );
    expect(await upload(crowded, text)).toMatchObject({ status: 429, error: { data: { reason: 'FILES_TOO_MANY' } } });
  });
});

describe('handleDownload', () => {
  const context = useServices();
  let owner: string;
  let stranger: string;

  beforeAll(async () => {
    owner = await signInGuest(context.services);
    stranger = await signInGuest(context.services);
  });

  const bodyOf = async (response: Response) => ({ status: response.status, body: await response.text() });

  it('gives its bytes to the one who uploaded it, as something that can do nothing in the page', async () => {
    const { id } = await upload(owner, Buffer.from('<script>1</script>'), { name: 'page.html', type: 'text/html' });
    const response = await download(owner, id);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="page.html"/),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(await response.text()).toBe('<script>1</script>');
    const picture = await upload(owner, sampleFiles.png, { name: 'photo.png' });
    const shown = await download(owner, picture.id);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(Buffer.from(await shown.arrayBuffer()).equals(sampleFiles.png)).toBe(true);
  });

  it('tells nothing apart: foreign, unknown, no id at all', async () => {
    const { id } = await upload(owner, text);
    const unknown = await bodyOf(await download(stranger, crypto.randomUUID()));
    expect(unknown).toMatchObject({ status: 404, body: expect.stringContaining('"reason":"NOT_FOUND"') });
    const withoutPath = ({ status, body }: { status: number; body: string }) => ({
      status,
      body: body.replace(/"path":"[^"]*"/, ''),
    });
    for (const asked of [id, 'x']) {
      expect(withoutPath(await bodyOf(await download(stranger, asked)))).toEqual(withoutPath(unknown));
    }
    expect((await download('', id)).status).toBe(401);
  });

  it('shows a sent file to the members of its chat, and to nobody once the chat is deleted', async () => {
    const { db } = context.services;
    const { id } = await upload(owner, text);
    const { result: chat } = await mutate(owner, 'chat.create', {});
    const { workspaceId } = (await callerOf(context.services, owner))!;
    const { userId, sessionId } = (await callerOf(context.services, stranger))!;
    await db.prisma.workspaceMember.create({ data: { id: crypto.randomUUID(), workspaceId, userId } });
    await db.prisma.session.update({ where: { id: sessionId }, data: { activeWorkspaceId: workspaceId } });
    await db.prisma.chatMember.create({ data: { chatId: chat.id, workspaceId, userId, role: 'viewer' } });
    expect((await download(stranger, id)).status).toBe(404);
    const parts = [{ type: 'file', fileId: id }, { type: 'text', text: 'Look' }];
    expect(await mutate(owner, 'run.start', { chatId: chat.id, message: { parts } })).toMatchObject({ status: 200 });
    expect((await download(stranger, id)).status).toBe(200);
    await mutate(owner, 'chat.delete', { chatId: chat.id });
    for (const person of [owner, stranger]) expect((await download(person, id)).status).toBe(404);
  });
});
