import { describe, expect, it } from 'vitest';
import { insertRun } from '#server/testing/run-factories';
import { callAuth, callerOf, cookieOf, mutate, query, signInGuest, useServices } from '#server/testing/web-services';
import { ensurePersonalWorkspace } from './personal-workspace.ts';

const account = (email: string) => ({ email, name: 'Ada', password: 'correct horse battery' });

describe('createAuth', () => {
  const context = useServices();

  it('makes a personal workspace with every account', async () => {
    const { services } = context;
    const guest = await callerOf(services, await signInGuest(services));
    const signedUp = await callAuth(services, '/sign-up/email', { body: account('workspace@example.com') });
    const person = await callerOf(services, cookieOf(signedUp));
    expect(guest).toMatchObject({ isGuest: true, workspaceRole: 'owner' });
    expect(person).toMatchObject({ isGuest: false, workspaceRole: 'owner', name: 'Ada' });
    expect(person!.workspaceId).not.toBe(guest!.workspaceId);
  });

  it('signs in with e-mail and password, and out at once', async () => {
    const { services } = context;
    await callAuth(services, '/sign-up/email', { body: account('inout@example.com') });
    const cookie = cookieOf(await callAuth(services, '/sign-in/email', { body: account('inout@example.com') }));
    expect(await callerOf(services, cookie)).not.toBeNull();
    await callAuth(services, '/sign-out', { body: {}, cookie });
    expect(await callerOf(services, cookie)).toBeNull();
  });

  it('hands a guest’s chats over to the account the guest signs up with', async () => {
    const { services } = context;
    const guestCookie = await signInGuest(services);
    const guest = (await callerOf(services, guestCookie))!;
    const { result: chat } = await mutate(guestCookie, 'chat.create', { title: 'Mine' });
    const place = { workspaceId: guest.workspaceId, userId: guest.userId, chatId: chat.id as string };
    const { runId } = await insertRun(services.db, place, { status: 'running', chunks: [{ type: 'start' }] });

    const body = account('former.guest@example.com');
    const signedUp = await callAuth(services, '/sign-up/email', { body, cookie: guestCookie });
    const cookie = cookieOf(signedUp);
    const person = (await callerOf(services, cookie))!;
    expect((await query(cookie, 'chat.list')).result.items).toMatchObject([{ id: chat.id, title: 'Mine' }]);
    expect((await query(cookie, 'run.get', { runId })).result.run.status).toBe('running');
    expect(await services.db.prisma.runChunk.count({ where: { runId, workspaceId: person.workspaceId } })).toBe(1);
    expect(await services.db.prisma.user.count({ where: { id: guest.userId } })).toBe(0);
  });
});

describe('assertMaySignUp', () => {
  const context = useServices({ GUEST_ACCESS: 'off', SIGN_UP: 'off' });

  it('refuses guests where GUEST_ACCESS is off', async () => {
    const response = await callAuth(context.services, '/sign-in/anonymous', { body: {} });
    expect([response.status, await response.json()]).toMatchObject([403, { code: 'GUEST_ACCESS_OFF' }]);
  });

  it('always lets the first account in, and the next only by invitation', async () => {
    const { services } = context;
    const first = await callAuth(services, '/sign-up/email', { body: account('first@example.com') });
    expect(first.status).toBe(200);
    const second = await callAuth(services, '/sign-up/email', { body: account('second@example.com') });
    expect([second.status, await second.json()]).toMatchObject([403, { code: 'SIGN_UP_OFF' }]);

    const inviter = (await callerOf(services, cookieOf(first)))!;
    await services.db.prisma.workspaceInvitation.create({
      data: {
        id: crypto.randomUUID(),
        workspaceId: inviter.workspaceId,
        inviterId: inviter.userId,
        email: 'Second@example.com',
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    expect((await callAuth(services, '/sign-up/email', { body: account('second@example.com') })).status).toBe(200);
  });
});

describe('findCaller', () => {
  const context = useServices();

  it('takes no cookie whose signature is not ours, and none that has expired', async () => {
    const { services } = context;
    const cookie = await signInGuest(services);
    expect(await callerOf(services, cookie.replace(/\.[^.]*$/, '.c2lnbmF0dXJl'))).toBeNull();
    expect(await callerOf(services, '')).toBeNull();
    await services.db.pool.query(`UPDATE session SET expires_at = now() - interval '1 second'`);
    expect(await callerOf(services, cookie)).toBeNull();
  });

  it('makes a missing personal workspace anew', async () => {
    const { services } = context;
    const cookie = await signInGuest(services);
    const { userId } = (await callerOf(services, cookie))!;
    await services.db.prisma.workspace.delete({ where: { personalOwnerId: userId } });
    expect(await callerOf(services, cookie)).toMatchObject({ userId, workspaceRole: 'owner' });
  });

  it('works in the active workspace only while a member of it', async () => {
    const { services } = context;
    const cookie = await signInGuest(services);
    const caller = (await callerOf(services, cookie))!;
    const other = (await callerOf(services, await signInGuest(services)))!;
    await services.db.prisma.session.update({
      where: { id: caller.sessionId },
      data: { activeWorkspaceId: other.workspaceId },
    });
    expect((await callerOf(services, cookie))!.workspaceId).toBe(caller.workspaceId);
    const membership = { id: crypto.randomUUID(), workspaceId: other.workspaceId, userId: caller.userId };
    await services.db.prisma.workspaceMember.create({ data: membership });
    expect(await callerOf(services, cookie)).toMatchObject({ workspaceId: other.workspaceId, workspaceRole: 'member' });
  });
});

describe('ensurePersonalWorkspace', () => {
  const context = useServices();

  it('makes one workspace however often and however parallel it is called', async () => {
    const { db } = context.services;
    const { userId } = (await callerOf(context.services, await signInGuest(context.services)))!;
    await db.prisma.workspace.deleteMany({ where: { personalOwnerId: userId } });
    const ids = await Promise.all(Array.from({ length: 10 }, () => ensurePersonalWorkspace(db.pool, userId)));
    expect(new Set(ids).size).toBe(1);
    const memberships = await db.prisma.workspaceMember.findMany({ where: { userId } });
    expect(memberships).toMatchObject([{ workspaceId: ids[0], role: 'owner' }]);
  });
});
