'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { isImageType, maxFilesPerMessage, maxMessageFileBytes } from '#domain/file-limits';
import { fileAddress } from '#domain/file-part';
import type { Attachment, AttachmentFault } from './attachment.ts';
import type { DraftChange, DraftState } from './draft-state.ts';

/** What only this page knows of an attachment: gone with a reload. */
type Held = { file: File; ending: AbortController; preview: string | null };

export type Attachments = {
  add: (files: readonly File[]) => void;
  addText: (text: string) => void;
  /** undefined where another try would come to nothing, or the page has the file no more */
  retryOf: (attachment: Attachment) => (() => void) | undefined;
  /** The words of a text that was pasted; null when they cannot be had. */
  readText: (attachment: Attachment) => Promise<string | null>;
  /** where its picture is: the file itself while the page has it */
  previewOf: (attachment: Attachment) => string | null;
  /** of the bytes that have left */
  progressOf: (id: string) => number;
};

/** Troubles that another try may find gone. */
const mayPass = new Set<AttachmentFault | null>(['UNREACHABLE', 'UNAUTHORIZED', 'SERVER', 'FILES_TOO_MANY']);
const pastedName = 'Pasted text.txt';

/** The files of a draft and their way to the server. What has become of each is told to the draft. */
export function useAttachments(draft: DraftState, change: (change: DraftChange) => void): Attachments {
  const { held, progress, upload } = useUploads(change);
  useRelease(held, draft);

  const attach = (files: readonly File[], isPastedText = false) => {
    const made = admit(draft.attachments, files, isPastedText);
    change({ type: 'attached', attachments: made });
    for (const [index, { id, fault }] of made.entries()) {
      const file = files[index]!;
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      held.current.set(id, { file, preview, ending: new AbortController() });
      if (fault === null) void upload(id);
    }
  };

  return {
    add: attach,
    addText: (text) => attach([new File([text], pastedName, { type: 'text/plain' })], true),
    retryOf: ({ id, fault }) => (mayPass.has(fault) && held.current.has(id) ? () => void upload(id) : undefined),
    async readText({ id, fileId }) {
      const file = held.current.get(id)?.file;
      if (file) return file.text();
      const response = fileId === null ? null : await fetch(fileAddress(fileId)).catch(() => null);
      return response?.ok ? response.text() : null;
    },
    previewOf({ id, fileId, mediaType, fault }) {
      if (fault !== null) return null;
      return held.current.get(id)?.preview ?? (fileId !== null && isImageType(mediaType) ? fileAddress(fileId) : null);
    },
    progressOf: (id) => progress[id] ?? 0,
  };
}

type HeldFiles = { current: Map<string, Held> };

function useUploads(change: (change: DraftChange) => void) {
  const held: HeldFiles = useRef(new Map<string, Held>());
  const [progress, setProgress] = useState<Record<string, number>>({});

  const upload = useCallback(
    async (id: string) => {
      const { file, ending } = held.current.get(id)!;
      const onProgress = (fraction: number) => setProgress((known) => ({ ...known, [id]: fraction }));
      onProgress(0);
      change({ type: 'attachment', id, now: { fault: null } });
      const { uploadFile } = await import('./upload-file.ts').catch(() => ({ uploadFile: null }));
      const outcome = (await uploadFile?.({ file, signal: ending.signal, onProgress })) ?? { fault: 'UNREACHABLE' as const };
      if (outcome === 'aborted') return;
      if ('fault' in outcome) return change({ type: 'attachment', id, now: { fault: outcome.fault } });
      const { id: fileId, name, mediaType } = outcome.uploaded;
      change({ type: 'attachment', id, now: { fileId, name, mediaType } });
    },
    [change],
  );
  return { held, progress, upload };
}

/** Files that the draft holds no more are let go, and with the page all of them. */
function useRelease(held: HeldFiles, { attachments, outgoing }: DraftState): void {
  useEffect(() => {
    const kept = new Set([...attachments, ...(outgoing?.attachments ?? [])].map(({ id }) => id));
    for (const id of held.current.keys()) if (!kept.has(id)) letGo(held.current, id);
  }, [attachments, held, outgoing]);

  useEffect(() => {
    const { current } = held;
    return () => {
      for (const id of current.keys()) letGo(current, id);
    };
  }, [held]);
}

function letGo(held: Map<string, Held>, id: string): void {
  const { ending, preview } = held.get(id)!;
  ending.abort();
  if (preview) URL.revokeObjectURL(preview);
  held.delete(id);
}

/** New attachments; those that are too many or too much for one message say so and are not uploaded. */
function admit(attached: readonly Attachment[], files: readonly File[], isPastedText: boolean): Attachment[] {
  let count = attached.length;
  let bytes = attached.reduce((sum, { size }) => sum + size, 0);
  return files.map((file) => {
    count += 1;
    bytes += file.size;
    const fault = count > maxFilesPerMessage || bytes > maxMessageFileBytes ? ('FILES_TOO_LARGE' as const) : null;
    const { name, type: mediaType, size } = file;
    return { id: crypto.randomUUID(), name, mediaType, size, fileId: null, fault, isPastedText };
  });
}
