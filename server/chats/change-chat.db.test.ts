import { describe, expect, it } from 'vitest';
import { startRun } from '#server/runs/enqueue';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { archiveChat, deleteChat, pinChat, renameChat, restoreDeletedChat } from './change-chat.ts';
import { findChat } from './list-chats.ts';

describe('restoreDeletedChat', () => {
  const context = useRunDatabase();

  it('brings a chat back as it was', async () => {
    const person = await insertChat(context.db);
    await renameChat(context.db, person, 'Boats');
    await pinChat(context.db, person, true);
    await archiveChat(context.db, person, true);
    const before = await findChat(context.db, person, person.chatId);
    await deleteChat(context.db, person, person.userId);
    expect(await findChat(context.db, person, person.chatId)).toBeNull();
    expect(await restoreDeletedChat(context.db, person, person.chatId)).toBe(true);
    const after = await findChat(context.db, person, person.chatId);
    expect({ ...after, updatedAt: null }).toEqual({ ...before, updatedAt: null });
    const message = { parts: [{ type: 'text' as const, text: 'go on' }] };
    expect(await startRun(context.db, { ...person, model: 'demo:demo', message })).toMatchObject({
      run: { status: 'pending' },
    });
  });

  it('leaves the run alone that the deletion has stopped', async () => {
    const person = await insertChat(context.db);
    const { runId } = await insertRun(context.db, person, { status: 'aborted', stopRequested: true });
    await deleteChat(context.db, person, person.userId);
    await restoreDeletedChat(context.db, person, person.chatId);
    expect(await context.db.prisma.run.findUnique({ where: { id: runId } })).toMatchObject({ status: 'aborted' });
  });

  it('does nothing a second time, and nothing for what was never deleted', async () => {
    const person = await insertChat(context.db);
    expect(await restoreDeletedChat(context.db, person, person.chatId)).toBe(false);
    await deleteChat(context.db, person, person.userId);
    expect(await restoreDeletedChat(context.db, person, person.chatId)).toBe(true);
    expect(await restoreDeletedChat(context.db, person, person.chatId)).toBe(false);
  });

  it('is for the deleter only', async () => {
    const [person, other] = [await insertChat(context.db), await insertChat(context.db)];
    await context.db.prisma.chatMember.create({
      data: { chatId: person.chatId, workspaceId: person.workspaceId, userId: other.userId },
    });
    await deleteChat(context.db, person, person.userId);
    const colleague = { userId: other.userId, workspaceId: person.workspaceId };
    expect(await restoreDeletedChat(context.db, colleague, person.chatId)).toBe(false);
  });

  it('is over after ten minutes', async () => {
    const person = await insertChat(context.db);
    await deleteChat(context.db, person, person.userId);
    await context.db.pool.query(`UPDATE chat SET deleted_at = now() - interval '11 minutes' WHERE id = $1`, [
      person.chatId,
    ]);
    expect(await restoreDeletedChat(context.db, person, person.chatId)).toBe(false);
  });
});
