'use client';

import { Paperclip } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useSay } from '#components/words/words-context';
import { focusMessageBoxByKeyboard } from './message-box.ts';

/** Takes files that are dropped anywhere on the page; without it the browser would leave the page for the file. */
export function FileDropTarget({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const say = useSay();
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

  if (!isOver) return null;
  return (
    <div className="appear pointer-events-none fixed inset-0 z-50 flex bg-scrim p-4">
      <div className="m-auto rounded-2xl border-2 border-dashed border-primary bg-card px-10 py-8 text-center shadow-xl">
        <Paperclip aria-hidden className="mx-auto size-8 text-primary" />
        <p className="mt-3 text-lg font-semibold">{say('attachment.drop')}</p>
        <p className="mt-1 text-muted-foreground">{say('attachment.drop.text')}</p>
      </div>
    </div>
  );
}

/** Folders come as files that cannot be read. */
function filesOf({ items }: DataTransfer): File[] {
  return [...items].flatMap((item) => (item.webkitGetAsEntry()?.isDirectory ? [] : (item.getAsFile() ?? [])));
}
