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

/** Keep an upload. Nobody but its owner sees it before a message holds it. A repeated call keeps it twice. */
export async function storeFile(db: Pick<RunDatabase, 'pool'>, { bytes, ...given }: FileToStore): Promise<StoreOutcome> {
  if (bytes.length === 0) return { refused: 'FILE_EMPTY' };
  const name = cleanFileName(given.name);
  const type = await findFileType(bytes, { name, claimed: given.claimed });
  if ('refused' in type) return type;
  const { mediaType } = type;
  const id = uuidv7();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { rowCount } = await db.pool.query(
    `INSERT INTO file (id, workspace_id, created_by_id, name, media_type, byte_size, sha256, bytes)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8
      WHERE (SELECT count(*) FROM file
              WHERE created_by_id = $3 AND NOT EXISTS (SELECT FROM chat_file WHERE chat_file.file_id = file.id)) < $9`,
    [id, given.workspaceId, given.userId, name, mediaType, bytes.length, sha256, bytes, maxUnsentFiles],
  );
  if (rowCount === 0) return { refused: 'FILES_TOO_MANY' };
  return { file: { id, name, mediaType, size: bytes.length } };
}
