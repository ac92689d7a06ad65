import { z } from 'zod';

/** Where a page of the chat list ended: the list is ordered by activity, then by id, both falling. */
export type PagePosition = { lastActivityAt: string; id: string };

const position = z.tuple([z.iso.datetime(), z.uuid()]);

/** Position → the opaque cursor that clients send back. */
export function encodePageCursor({ lastActivityAt, id }: PagePosition): string {
  return Buffer.from(JSON.stringify([lastActivityAt, id])).toString('base64url');
}

/** Cursor → position; null for anything that encodePageCursor did not make. */
export function decodePageCursor(cursor: string): PagePosition | null {
  try {
    const [lastActivityAt, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { lastActivityAt, id };
  } catch {
    return null;
  }
}
