/** A follower's place in a chat, as the opaque id of an event. Pure. */

/** Everything up to chat revision `revision` and chunk `seq` of run `runId` has been told. */
export type FollowPosition = { revision: number; runId: string | null; seq: number };

/** Position → event id. */
export function encodeCursor({ revision, runId, seq }: FollowPosition): string {
  return runId === null ? `${revision}` : `${revision}.${runId}.${seq}`;
}

const cursorPattern = /^(\d{1,9})(?:\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9}))?$/;

/** Event id → position; null for anything that encodeCursor did not make. */
export function decodeCursor(cursor: string): FollowPosition | null {
  const match = cursorPattern.exec(cursor);
  if (!match) return null;
  return { revision: Number(match[1]), runId: match[2] ?? null, seq: Number(match[3] ?? 0) };
}
