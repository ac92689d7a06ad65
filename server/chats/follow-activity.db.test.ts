import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Hub } from '#server/runs/hub';
import { insertChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { createChat, deleteChat, markChatRead, renameChat } from './change-chat.ts';
import { followActivity } from './follow-activity.ts';

type Listener = Parameters<Hub['onWorkspace']>[1];

/** The way hints come, without a network: the test gives them, or withholds them. */
function createQuietHub() {
  const listeners = new Set<Listener>();
  const hub: Pick<Hub, 'onWorkspace'> = {
    onWorkspace(_, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { hub, listeners, hint: (hint: { chatId: string } | null) => listeners.forEach((listen) => listen(hint)) };
}

describe('followActivity', () => {
  const context = useRunDatabase();

  async function follow(lastEventId: string | null, given?: Awaited<ReturnType<typeof insertChat>>) {
    const person = given ?? (await insertChat(context.db));
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const { hub, hint, listeners } = createQuietHub();
    const events = followActivity(context.db, hub, { membership: person, lastEventId, signal: leaving.signal });
    const next = async () => (await events.next()).value!;
    return { person, next, hint, leaving, events, listeners };
  }

  it('begins with what changed last, then tells what is hinted at', async () => {
    const { person, next, hint } = await follow(null);
    expect((await next()).event).toMatchObject({ type: 'chat', chat: { id: person.chatId, title: '' } });
    await renameChat(context.db, person, 'Named');
    hint({ chatId: person.chatId });
    expect((await next()).event).toMatchObject({ type: 'chat', chat: { title: 'Named' } });
    await deleteChat(context.db, person, person.userId);
    hint({ chatId: person.chatId });
    expect((await next()).event).toEqual({ type: 'removed', chatId: person.chatId });
  });

  it('resumes after the cursor with everything that changed since, deleted chats too', async () => {
    const before = await follow(null);
    const { id } = await before.next();
    const chatId = await createChat(context.db, before.person, 'Made meanwhile');
    await deleteChat(context.db, before.person, before.person.userId);
    const after = await follow(id, before.person);
    const told = [(await after.next()).event, (await after.next()).event];
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'removed', chatId: before.person.chatId },
        expect.objectContaining({ type: 'chat', chat: expect.objectContaining({ id: chatId }) }),
      ]),
    );
  });

  it('shows a change that was stamped before the cursor and committed after it', async () => {
    const late = await context.db.pool.connect();
    const person = await insertChat(context.db);
    await late.query('BEGIN');
    await late.query(`UPDATE chat SET title = 'Late', updated_at = now() WHERE id = $1`, [person.chatId]);
    const before = await follow(null, person);
    const { id } = await before.next();
    await late.query('COMMIT');
    late.release();
    const after = await follow(id, person);
    expect((await after.next()).event).toMatchObject({ chat: { title: 'Late' } });
  });

  it('finds by sweeping what no hint told, and tells nothing twice for it', async () => {
    const { person, next, hint } = await follow(null);
    await next();
    await renameChat(context.db, person, 'Unheard');
    hint(null);
    expect((await next()).event).toMatchObject({ chat: { title: 'Unheard' } });
    hint(null);
    await renameChat(context.db, person, 'Heard');
    hint({ chatId: person.chatId });
    expect((await next()).event).toMatchObject({ chat: { title: 'Heard' } });
  });

  it('tells other tabs that a chat was read, and nothing when it was read already', async () => {
    const { person, next, hint } = await follow(null);
    await next();
    await renameChat(context.db, person, 'x');
    expect(await markChatRead(context.db, person, person.chatId)).toBe(true);
    expect(await markChatRead(context.db, person, person.chatId)).toBe(false);
    hint(null);
    expect((await next()).event).toMatchObject({ chat: { unread: false } });
  });

  it('survives a blip of the database, and catches up at the next sweep', async () => {
    const person = await insertChat(context.db);
    const nobody = new pg.Pool({ connectionString: 'postgresql://127.0.0.1:1/nobody' });
    const asked = Promise.withResolvers<void>();
    let isAway = false;
    const db = {
      get pool() {
        if (isAway) asked.resolve();
        return isAway ? nobody : context.db.pool;
      },
    };
    const { hub, hint } = createQuietHub();
    const { signal } = new AbortController();
    const events = followActivity(db, hub, { membership: person, lastEventId: null, signal });
    await events.next();
    isAway = true;
    const news = events.next();
    hint({ chatId: person.chatId });
    await asked.promise;
    isAway = false;
    await renameChat(context.db, person, 'Back');
    hint(null);
    expect((await news).value!.event).toMatchObject({ chat: { title: 'Back' } });
    await events.return(undefined);
    await nobody.end();
  });

  it('ends with its signal, and leaves the hub', async () => {
    const { next, leaving, events, listeners } = await follow(null);
    await next();
    const last = events.next();
    leaving.abort();
    expect((await last).done).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it.each(['garbage', '9999999', ''])('takes the cursor %j for none', async (cursor) => {
    const { person, next } = await follow(cursor);
    expect((await next()).event).toMatchObject({ chat: { id: person.chatId } });
  });
});
