/** Files over HTTP: what a page uploads is a body too large for a procedure, and what it shows is an address. */
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { isImageType, isTextType, maxFileBytes } from '#domain/file-limits';
import { type FileRefusalCode, fileRefusals } from '#domain/file-refusal';
import { dispositionOf } from '#server/files/file-name';
import { type FileContent, findFile } from '#server/files/find-file';
import { storeFile } from '#server/files/store-file';
import { assertFound, assertSignedIn } from '#server/trpc/authorize';
import { createHttpContext, mutationHeader } from '#server/trpc/context';
import { formatError } from '#server/trpc/errors';
import { reportError } from '#server/trpc/report-error';
import { getServices } from './services.ts';

/** `POST /api/files?name=…`, the body being the file: 201 with an UploadedFile, or an error in tRPC's form. */
export function handleUpload(request: Request): Promise<Response> {
  return answer(request, async () => {
    const services = getServices();
    const { userId, workspaceId } = assertSignedIn(await createHttpContext(services, request).findCaller());
    if (request.headers.get(mutationHeader) !== '1') {
      throw new TRPCError({ code: 'FORBIDDEN', message: 'Uploads carry the header x-holdfast: 1.' });
    }
    const bytes = await readBody(request);
    if (bytes === null) return refuse('FILE_TOO_LARGE');
    const name = new URL(request.url).searchParams.get('name') ?? '';
    const claimed = request.headers.get('content-type') ?? '';
    const outcome = await storeFile(services.db, { workspaceId, userId, name, claimed, bytes });
    return 'refused' in outcome ? refuse(outcome.refused) : Response.json(outcome.file, { status: 201 });
  });
}

/** `GET /api/files/<id>`: the file, for those who may see it. */
export function handleDownload(request: Request, fileId: string): Promise<Response> {
  return answer(request, async () => {
    const services = getServices();
    const caller = assertSignedIn(await createHttpContext(services, request).findCaller());
    const isId = z.uuid().safeParse(fileId).success;
    const file = assertFound(isId ? await findFile(services.db, caller, fileId) : null);
    return new Response(new Uint8Array(file.bytes), { headers: headersOf(file) });
  });
}

/** A file comes from a stranger: it is shown as a picture or saved, and whatever is in it can do nothing here. */
function headersOf({ name, mediaType }: FileContent): Record<string, string> {
  return {
    'content-type': isTextType(mediaType) ? `${mediaType}; charset=utf-8` : mediaType,
    'content-disposition': dispositionOf(name, isImageType(mediaType)),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
    // The next person at this browser must not find it there.
    vary: 'cookie',
  };
}

async function answer(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    // Nobody waits for the answer.
    if (request.signal.aborted) return new Response(null, { status: 400 });
    const error = getTRPCErrorFromUnknown(cause);
    const path = new URL(request.url).pathname;
    reportError(getServices().log)({ error, path, type: request.method });
    const shape = formatError({ error, path });
    return Response.json({ error: shape }, { status: shape.data.httpStatus, headers: { 'cache-control': 'no-store' } });
  }
}

function refuse(reason: FileRefusalCode): Response {
  const { status, message } = fileRefusals[reason];
  return Response.json({ error: { message, data: { reason, httpStatus: status } } }, { status });
}

/** The whole body; null as soon as it is larger than a file may be. */
async function readBody(request: Request): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size > maxFileBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
