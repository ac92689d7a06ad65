import { TRPCError } from '@trpc/server';
import type { z } from 'zod';
import { maxMessageFileBytes } from '#domain/file-limits';
import { toFilePart } from '#domain/file-part';
import type { userMessageInput } from '#domain/inputs';
import type { ChatMessage } from '#domain/message-view';
import { findSendableFiles } from '#server/files/find-file';
import { cleanValue } from '#server/runs/clean-chunk';
import { RunFault } from '#server/runs/errors';
import type { RunDatabase } from '#server/runs/run-database';
import type { AuthorizedChat } from './authorize.ts';

type Db = Pick<RunDatabase, 'pool'>;
type Message = z.output<typeof userMessageInput>;

/**
 * What a person wrote, as message parts that PostgreSQL can store. What a file is called and is, its row tells.
 *
 * @throws RunFault FILE_GONE when a file is not there, or not the person's to send
 */
export async function toUserParts(db: Db, chat: AuthorizedChat, { text, parts }: Message): Promise<ChatMessage['parts']> {
  const given = parts ?? [{ type: 'text' as const, text: text ?? '' }];
  const fileIds = given.flatMap((part) => (part.type === 'file' ? part.fileId : []));
  const files = await findFiles(db, chat, new Set(fileIds));
  const written = given.map((part) => (part.type === 'file' ? toFilePart(files.get(part.fileId)!) : part));
  return cleanValue(written) as ChatMessage['parts'];
}

async function findFiles(db: Db, chat: AuthorizedChat, fileIds: ReadonlySet<string>) {
  const found = fileIds.size === 0 ? [] : await findSendableFiles(db, chat, [...fileIds]);
  if (found.length < fileIds.size) throw new RunFault('FILE_GONE', 'no such file for this person');
  if (found.reduce((sum, { size }) => sum + size, 0) > maxMessageFileBytes) {
    const message = `The files of a message may have ${maxMessageFileBytes / 2 ** 20} MB together.`;
    throw new TRPCError({ code: 'BAD_REQUEST', message });
  }
  return new Map(found.map((file) => [file.id, file]));
}
