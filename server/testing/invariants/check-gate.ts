import type pg from 'pg';
import type { Violation } from './violation.ts';

type GateRow = { isSound: boolean; definition: string };

/** I1: the partial unique index that refuses a second active run of a chat is there, whole and as it should be. */
export async function checkGate(client: pg.ClientBase): Promise<Violation[]> {
  const { rows } = await client.query<GateRow>(
    `SELECT indisunique AND indisvalid AND indisready AS "isSound", pg_get_indexdef(indexrelid) AS definition
       FROM pg_index WHERE indexrelid = to_regclass('run_one_active_per_chat') AND indrelid = to_regclass('run')`,
  );
  const [index] = rows;
  const broken = (what: string): Violation[] => [{ invariant: 'I1', chatId: null, runId: null, what }];
  if (!index) return broken('the index run_one_active_per_chat is gone');
  if (!index.isSound) return broken('the index run_one_active_per_chat is not unique and valid');
  const covers = /\(chat_id\) WHERE .*pending.*running/.test(index.definition);
  return covers ? [] : broken(`the index run_one_active_per_chat covers something else: ${index.definition}`);
}
