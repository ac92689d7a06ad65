import { describe, expect, it } from 'vitest';
import { useRunDatabase } from '#server/testing/run-database';
import { inTransaction } from './transaction.ts';

const store = useRunDatabase();

describe('inTransaction', () => {
  it('rejects, and the process goes on, when the connection falls between two statements', async () => {
    const { pool } = store.db;
    const broken = inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const fallen = new Promise((resolve) => client.once('end', resolve));
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await fallen;
      await client.query('SELECT 1');
    });
    await expect(broken).rejects.toThrow();
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
