import { isImageType, maxFilesPerMessage, maxMessageFileBytes } from '#domain/file-limits';
import { fileAddress } from '#domain/file-part';
import type { Attachment, AttachmentFault } from './attachment.ts';
import type { DraftChange, DraftState } from './draft-state.ts';
import { uploadFile } from './upload-file.ts';

/** What only this page knows of an attachment: gone with a reload. */
type Held = { file: File; ending: AbortController; preview: string | null; isInDraft: boolean };

/** Troubles that another try may find gone. */
const mayPass = new Set<AttachmentFault | null>(['UNREACHABLE', 'UNAUTHORIZED', 'SERVER', 'FILES_TOO_MANY']);
const pastedName = 'Pasted text.txt';

/** The files of a draft on their way to the server. What becomes of each is told to the draft. */
export class Uploads {
  readonly #change: (change: DraftChange) => void;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<() => void>();
  #attached: readonly Attachment[] = [];
  #progress: Readonly<Record<string, number>> = {};

  constructor(change: (change: DraftChange) => void) {
    this.#change = change;
  }

  add(files: readonly File[], isPastedText = false): void {
    const made = admit(this.#attached, files, isPastedText);
    this.#attached = [...this.#attached, ...made];
    for (const [index, { id }] of made.entries()) {
      const file = files[index]!;
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      this.#held.set(id, { file, preview, ending: new AbortController(), isInDraft: false });
    }
    this.#change({ type: 'attached', attachments: made });
    for (const { id, fault } of made) if (fault === null) void this.#upload(id);
  }

  addText(text: string): void {
    this.add([new File([text], pastedName, { type: 'text/plain' })], true);
  }

  /** The draft as it stands: what it holds no more is let go. */
  follow({ attachments, outgoing }: DraftState): void {
    this.#attached = attachments;
    const kept = new Set([...attachments, ...(outgoing?.attachments ?? [])].map(({ id }) => id));
    for (const [id, held] of this.#held) {
      if (held.isInDraft && !kept.has(id)) this.#letGo(id, held);
      held.isInDraft = kept.has(id);
    }
  }

  /** With the page all of them are let go. */
  close(): void {
    for (const [id, held] of this.#held) this.#letGo(id, held);
  }

  /**
   * @param attached it and the others of the draft
   * @returns undefined where another try would come to nothing, or the page has the file no more
   */
  retryOf({ id, fault }: Attachment, attached: readonly Attachment[]): (() => void) | undefined {
    const fitsNow = fault === 'FILES_TOO_LARGE' && isWithinLimits(attached);
    return this.#held.has(id) && (fitsNow || mayPass.has(fault)) ? () => void this.#upload(id) : undefined;
  }

  /** The words of a text that was pasted; null when they cannot be had. */
  async readText({ id, fileId }: Attachment): Promise<string | null> {
    const file = this.#held.get(id)?.file;
    if (file) return file.text();
    const response = fileId === null ? null : await fetch(fileAddress(fileId)).catch(() => null);
    return response?.ok ? response.text() : null;
  }

  /** where its picture is: the file itself while the page has it */
  previewOf({ id, fileId, mediaType, fault }: Attachment): string | null {
    if (fault !== null) return null;
    return this.#held.get(id)?.preview ?? (fileId !== null && isImageType(mediaType) ? fileAddress(fileId) : null);
  }

  /** of the bytes of each that have left, by id */
  readonly progress = (): Readonly<Record<string, number>> => this.#progress;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #upload(id: string): Promise<void> {
    const { file, ending } = this.#held.get(id)!;
    const onProgress = (fraction: number) => this.#setProgress(id, fraction);
    onProgress(0);
    this.#change({ type: 'attachment', id, now: { fault: null } });
    const outcome = await uploadFile({ file, signal: ending.signal, onProgress });
    if (outcome === 'aborted') return;
    if ('fault' in outcome) return this.#change({ type: 'attachment', id, now: { fault: outcome.fault } });
    const { id: fileId, name, mediaType } = outcome.uploaded;
    this.#change({ type: 'attachment', id, now: { fileId, name, mediaType } });
  }

  #setProgress(id: string, fraction: number): void {
    this.#progress = { ...this.#progress, [id]: fraction };
    for (const listener of this.#listeners) listener();
  }

  #letGo(id: string, { ending, preview }: Held): void {
    ending.abort();
    if (preview) URL.revokeObjectURL(preview);
    this.#held.delete(id);
  }
}

/** New attachments; those that are too many or too much for one message say so and are not uploaded. */
function admit(attached: readonly Attachment[], files: readonly File[], isPastedText: boolean): Attachment[] {
  const all = [...attached];
  return files.map(({ name, type: mediaType, size }) => {
    const one: Attachment = { id: crypto.randomUUID(), name, mediaType, size, fileId: null, fault: null, isPastedText };
    all.push(one);
    return isWithinLimits(all) ? one : { ...one, fault: 'FILES_TOO_LARGE' };
  });
}

function isWithinLimits(attachments: readonly Attachment[]): boolean {
  const bytes = attachments.reduce((sum, { size }) => sum + size, 0);
  return attachments.length <= maxFilesPerMessage && bytes <= maxMessageFileBytes;
}
