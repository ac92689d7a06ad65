'use client';

import { Paperclip } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useSay } from '#components/words/words-context';
import { imageTypes } from '#domain/file-limits';
import { fileInputId } from './attach-button.tsx';
import { focusMessageBoxByKeyboard, messageBoxId } from './message-box.ts';
import type { Uploads } from './uploads.ts';

/** What the system's dialog offers first. */
const acceptedTypes = [...imageTypes, 'application/pdf', 'text/*', 'application/json', '.md', '.csv'].join();
/** Pasted text that is longer, in characters, becomes an attachment: it would push everything else out of the box. */
const longTextLength = 4_000;

/** The ways by which files come: chosen, pasted into the message box, dropped anywhere on the page. */
export function FileIntake({ uploads, choosesAtOnce }: { uploads: Uploads; choosesAtOnce: boolean }) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (choosesAtOnce) input.current?.click();
  }, [choosesAtOnce]);
  const isOver = useDrops((files) => uploads.add(files));
  usePastes(uploads);
  return (
    <>
      <input
        accept={acceptedTypes}
        hidden
        id={fileInputId}
        multiple
        onChange={({ target }) => {
          uploads.add([...(target.files ?? [])]);
          // The same file may be chosen once more.
          target.value = '';
        }}
        ref={input}
        type="file"
      />
      {isOver && (
        <div className="appear pointer-events-none fixed inset-0 z-50 flex bg-scrim p-4">
          <div className="m-auto rounded-2xl border-2 border-dashed border-primary bg-card px-10 py-8 text-center shadow-xl">
            <Paperclip aria-hidden className="mx-auto size-8 text-primary" />
            <p className="mt-3 text-lg font-semibold">{say('attachment.drop')}</p>
            <p className="mt-1 text-muted-foreground">{say('attachment.drop.text')}</p>
          </div>
        </div>
      )}
    </>
  );
}

/** Without it the browser would leave the page for the file. @returns whether files are over the page */
function useDrops(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Only the way out of the window leads nowhere.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsOver(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      take(filesOf(event.dataTransfer));
      focusMessageBoxByKeyboard();
    };
    const listening = new AbortController();
    document.addEventListener('dragover', onDragOver, listening);
    document.addEventListener('dragleave', onDragLeave, listening);
    document.addEventListener('drop', onDrop, listening);
    return () => listening.abort();
  }, []);
  return isOver;
}

function usePastes(uploads: Uploads): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (!(event.target instanceof Element) || event.target.id !== messageBoxId || !event.clipboardData) return;
      const { files } = event.clipboardData;
      const text = event.clipboardData.getData('text/plain');
      const isLong = text.length > longTextLength;
      // What was copied out of a table or a text is there as a picture, too.
      if (!isLong && (text !== '' || files.length === 0)) return;
      event.preventDefault();
      if (isLong) uploads.addText(text);
      else uploads.add([...files]);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [uploads]);
}

/** Folders come as files that cannot be read. */
function filesOf({ items }: DataTransfer): File[] {
  return [...items].flatMap((item) => (item.webkitGetAsEntry()?.isDirectory ? [] : (item.getAsFile() ?? [])));
}
