import { existsSync } from 'node:fs';
import type { ChaosDatabase } from './chaos-database.ts';

/** Linux has a device on which there is never any space. */
const fullDevice = '/dev/full';
const tables = ['run', 'run_chunk', 'run_step', 'run_model_call', 'run_tool_call', 'message', 'chat'];

/**
 * From now on PostgreSQL finds no space for what the heart writes, and says so: SQLSTATE 53100. On Linux the error is the
 * operating system's own, met by a COPY to a full device before each write; elsewhere it is raised by hand. Where the log
 * itself finds no space PostgreSQL stops, which is another fault (T5).
 *
 * @returns makes space again
 */
export async function fillDisk({ pool }: ChaosDatabase): Promise<() => Promise<void>> {
  const meetFault = existsSync(fullDevice)
    ? `EXECUTE 'COPY (VALUES (1)) TO ''${fullDevice}'''`
    : `RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'`;
  const triggers = tables.map(
    (table) => `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${table} EXECUTE FUNCTION meet_full_disk();`,
  );
  await pool.query(`
    CREATE OR REPLACE FUNCTION meet_full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      ${meetFault};
      RETURN NULL;
    END $$;
    ${triggers.join('\n')}`);
  return async () => {
    await pool.query('DROP FUNCTION meet_full_disk CASCADE');
  };
}
