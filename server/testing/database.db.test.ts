import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, useTestDatabase } from './database.ts';

describe('useTestDatabase', () => {
  const database = useTestDatabase();

  it('gives a migrated, empty database that commits durably', async () => {
    const sql = 'SELECT (SELECT count(*)::int FROM run) AS runs, current_setting($1) AS mode';
    const { rows } = await query(database.url, sql, ['synchronous_commit']);
    expect(rows).toEqual([{ runs: 0, mode: 'on' }]);
  });
});

describe('createTestDatabase', () => {
  it('gives each caller a database of its own, gone after drop', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(one.url, 'CREATE TABLE mine ()');
    await expect(query(other.url, 'SELECT FROM mine')).rejects.toThrow('does not exist');
    await Promise.all([one.drop(), other.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});

async function query(url: string, sql: string, values?: unknown[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}
