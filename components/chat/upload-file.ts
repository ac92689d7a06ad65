import { maxFileBytes } from '#domain/file-limits';
import type { UploadedFile } from '#domain/file-part';
import { type FileRefusalCode, fileRefusals } from '#domain/file-refusal';
import type { AttachmentFault } from './attachment.ts';

export type Upload = {
  file: File;
  signal: AbortSignal;
  /** @param fraction of the bytes that have left */
  onProgress: (fraction: number) => void;
};

export type UploadOutcome = { uploaded: UploadedFile } | { fault: AttachmentFault } | 'aborted';

/** Send a file to the server. By XMLHttpRequest: fetch does not tell how far it has come. Never rejects. */
export function uploadFile({ file, signal, onProgress }: Upload): Promise<UploadOutcome> {
  // The server would refuse it after all of it has been sent, or cut the connection.
  if (file.size > maxFileBytes) return Promise.resolve({ fault: 'FILE_TOO_LARGE' });
  if (file.size === 0) return Promise.resolve({ fault: 'FILE_EMPTY' });
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('x-holdfast', '1');
    request.setRequestHeader('content-type', claimOf(file.type));
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(outcomeOf(request));
    request.onerror = () => resolve({ fault: 'UNREACHABLE' });
    request.onabort = () => resolve('aborted');
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/** Browsers go by the ending of the name, and take program text for videos: of those the server judges by the bytes. */
function claimOf(type: string): string {
  const isWorthSaying = /^(image|text)\//.test(type) || ['application/pdf', 'application/json'].includes(type);
  return isWorthSaying ? type : 'application/octet-stream';
}

function outcomeOf({ status, response }: XMLHttpRequest): UploadOutcome {
  if (status === 201) return { uploaded: response as UploadedFile };
  if (status === 401) return { fault: 'UNAUTHORIZED' };
  const reason = (response as { error?: { data?: { reason?: string } } } | null)?.error?.data?.reason ?? '';
  return { fault: Object.hasOwn(fileRefusals, reason) ? (reason as FileRefusalCode) : 'SERVER' };
}
