import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { UploadedFile } from '#domain/file-part';
import type { FileRefusalCode } from '#domain/file-refusal';
import type { RunDatabase } from '#server/runs/run-database';
import { cleanFileName } from './file-name.ts';
import { findFileType } from './file-type.ts';

/** Files of one person that no message holds. They are swept after a day. */
const maxUnsentFiles = 100;

export type FileToStore = {
  workspaceId: string;
  userId: string;
  name: string;
  /** the media type that came with it */
  claimed: string;
  bytes: Uint8Array;
};

export type StoreOutcome = { file: UploadedFile } | { refused: FileRefusalCode };

/**
 * Keep an upload. Nobody but its owner sees it before a message holds it. A repeated call within the hour, as after a lost
 * answer, finds what the first one has kept; two at the same moment may keep it twice, and the sweep takes the other.
 */
export async function storeFile(db: Pick<RunDatabase, 'pool'>, { bytes, ...given }: FileToStore): Promise<StoreOutcome> {
  if (bytes.length === 0) return { refused: 'FILE_EMPTY' };
  const name = cleanFileName(given.name);
  const type = await findFileType(bytes, { name, claimed: given.claimed });
  if ('refused' in type) return type;
  const { mediaType } = type;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { rows } = await db.pool.query<{ id: string }>(
    `WITH unsent AS (
       SELECT id, sha256, name, media_type, created_at FROM file
        WHERE workspace_id = $2 AND created_by_id = $3
          AND NOT EXISTS (SELECT FROM chat_file WHERE chat_file.file_id = file.id)
     ), known AS (
       SELECT id FROM unsent
        WHERE sha256 = $7 AND name = $4 AND media_type = $5 AND created_at > now() - interval '1 hour' LIMIT 1
     ), kept AS (
       INSERT INTO file (id, workspace_id, created_by_id, name, media_type, byte_size, sha256, bytes)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8
        WHERE NOT EXISTS (SELECT FROM known) AND (SELECT count(*) FROM unsent) < $9 RETURNING id
     )
     SELECT id FROM known UNION ALL SELECT id FROM kept`,
    [uuidv7(), given.workspaceId, given.userId, name, mediaType, bytes.length, sha256, bytes, maxUnsentFiles],
  );
  const [kept] = rows;
  return kept ? { file: { id: kept.id, name, mediaType, size: bytes.length } } : { refused: 'FILES_TOO_MANY' };
}
