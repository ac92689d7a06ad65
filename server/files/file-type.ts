import { fileTypeFromBuffer } from 'file-type';
import { isImageType, isTextType } from '#domain/file-limits';
import type { FileRefusalCode } from '#domain/file-refusal';

/** Browsers know these by the name only, and not all of them. */
const typesByEnding: Record<string, string> = {
  csv: 'text/csv',
  json: 'application/json',
  markdown: 'text/markdown',
  md: 'text/markdown',
};

const pdf = 'application/pdf';
const noClaim = new Set(['', 'application/octet-stream']);

export type FileTypeOutcome = { mediaType: string } | { refused: FileRefusalCode };

/**
 * What a file is, by its bytes. Of what is text only the name and the claim can tell which kind.
 *
 * @param claimed the media type that came with it; empty or application/octet-stream claims nothing
 */
export async function findFileType(
  bytes: Uint8Array,
  { name, claimed }: { name: string; claimed: string },
): Promise<FileTypeOutcome> {
  const claim = claimed.split(';', 1)[0]!.trim().toLowerCase();
  const claimsText = claim.startsWith('text/') || claim === 'application/json';
  if (!noClaim.has(claim) && !isImageType(claim) && claim !== pdf && !claimsText) return { refused: 'FILE_TYPE_REFUSED' };
  const found = await findBinaryType(bytes);
  if (found !== undefined && !isImageType(found) && found !== pdf) return { refused: 'FILE_TYPE_REFUSED' };
  if (found === undefined && !isText(bytes)) return { refused: claimsText ? 'FILE_TYPE_DIFFERS' : 'FILE_TYPE_REFUSED' };
  const isTrue = noClaim.has(claim) || (found === undefined ? claimsText : claim === found);
  return isTrue ? { mediaType: found ?? textTypeOf(name, claim) } : { refused: 'FILE_TYPE_DIFFERS' };
}

async function findBinaryType(bytes: Uint8Array): Promise<string | undefined> {
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  // An animated PNG is a PNG, and XML is text.
  if (found === 'image/apng') return 'image/png';
  return found === 'application/xml' && isText(bytes) ? undefined : found;
}

function textTypeOf(name: string, claim: string): string {
  const ending = name.split('.').at(-1)!.toLowerCase();
  const byName = Object.hasOwn(typesByEnding, ending) ? typesByEnding[ending] : undefined;
  return byName ?? (isTextType(claim) ? claim : 'text/plain');
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
