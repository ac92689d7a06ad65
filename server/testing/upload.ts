import type { UploadedFile } from '#domain/file-part';
import { handleDownload, handleUpload } from '#server/file-requests';
import { testOrigin } from './web-services.ts';

export type UploadAnswer = UploadedFile & { status: number; error?: { message: string; data: { reason: string } } };

type ToUpload = { name?: string; type?: string; headers?: Record<string, string> };

/** An upload as a page sends it; given headers go on top. */
export async function upload(cookie: string, bytes: Uint8Array, { name = 'notes.txt', type = '', headers = {} }: ToUpload = {}) {
  const request = new Request(`${testOrigin}/api/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { cookie, 'x-holdfast': '1', 'content-type': type, ...headers },
    body: new Uint8Array(bytes),
  });
  const response = await handleUpload(request);
  return { status: response.status, ...((await response.json()) as UploadedFile) } as UploadAnswer;
}

export function download(cookie: string, fileId: string): Promise<Response> {
  return handleDownload(new Request(`${testOrigin}/api/files/${fileId}`, { headers: { cookie } }), fileId);
}
