import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';

const store = useRunDatabase();

/** Of the sign-in library or of the installation as a whole. */
const tablesWithoutTenant = ['user', 'session', 'account', 'verification', 'workspace', 'worker', '_prisma_migrations'];

type Column = { table_name: string; column_name: string; type: string };

async function readColumns(): Promise<Column[]> {
  const { rows } = await store.db.pool.query<Column>(
    `SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, a.atttypmod) AS type
       FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`,
  );
  return rows.filter((column) => column.table_name !== '_prisma_migrations');
}

describe('the schema', () => {
  it('keeps every instant as timestamptz(3)', async () => {
    const instants = (await readColumns()).filter(({ type }) => /time|date/.test(type));
    expect(instants.length).toBeGreaterThan(20);
    expect(instants.filter(({ type }) => type !== 'timestamp(3) with time zone')).toEqual([]);
    const wrongNames = (await readColumns()).filter(({ column_name: name, type }) => name.endsWith('_at') !== /time/.test(type));
    expect(wrongNames).toEqual([]);
  });

  it('keeps every id as uuid', async () => {
    const foreign = new Set(['account.account_id', 'account.provider_id', 'run_tool_call.tool_call_id']);
    const ids = (await readColumns()).filter(
      (column) => /(^|_)id$/.test(column.column_name) && !foreign.has(`${column.table_name}.${column.column_name}`),
    );
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter(({ type }) => type !== 'uuid')).toEqual([]);
  });

  it('puts workspace_id on every table that a tenant owns', async () => {
    const columns = await readColumns();
    const tables = new Set(columns.map(({ table_name: table }) => table));
    const withTenant = new Set(columns.filter((column) => column.column_name === 'workspace_id').map((column) => column.table_name));
    expect([...tables].filter((table) => !withTenant.has(table) && !tablesWithoutTenant.includes(table))).toEqual([]);
  });

  it('explains every column', async () => {
    const lines = (await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')).split('\n');
    const unexplained = lines.filter((line, i) => {
      const isColumn = /^ {2}[a-z]\w+ +(String|Int|Boolean|DateTime|Json|Run\w+\b|Message(Role|Status))\b/.test(line);
      return isColumn && !/@relation|\[\]/.test(line) && !/^ {2}\/\/\/ \S/.test(lines[i - 1] ?? '');
    });
    expect(unexplained.filter((line) => !/^ {2}\w+ +Run\b/.test(line))).toEqual([]);
  });

  it.each([
    ['a terminal run without an end', `status = 'succeeded'`, 'run_terminal_has_end'],
    ['an active run with an end', 'finished_at = now()', 'run_terminal_has_end'],
    ['a failed run without a reason', `status = 'failed', finished_at = now()`, 'run_failed_has_reason'],
    ['a running run without an owner', `status = 'running', lease_expires_at = now(), epoch = 1, started_at = now()`, 'run_running_has_owner'],
    ['a stopper without an instant', 'stop_requested_by_id = created_by_id', 'run_stopper_has_instant'],
  ])('refuses %s', async (_, change, constraint) => {
    const chat = await insertChat(store.db);
    const { runId } = await insertRun(store.db, chat, { status: 'pending' });
    await store.db.prisma.run.update({ where: { id: runId }, data: { createdById: chat.userId } });
    await expect(store.db.pool.query(`UPDATE run SET ${change} WHERE id = $1`, [runId])).rejects.toMatchObject({ constraint });
  });

  it('refuses a run whose message belongs to another chat', async () => {
    const { assistantMessageId } = await insertRun(store.db, await insertChat(store.db), { status: 'succeeded' });
    const { runId } = await insertRun(store.db, await insertChat(store.db), { status: 'succeeded' });
    await expect(
      store.db.pool.query('UPDATE run SET assistant_message_id = $2 WHERE id = $1', [runId, assistantMessageId]),
    ).rejects.toMatchObject({ constraint: 'run_assistant_message_fkey' });
  });
});
