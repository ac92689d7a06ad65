'use client';

import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { imageTypes } from '#domain/file-limits';

/** What the system's dialog offers first. */
const acceptedTypes = [...imageTypes, 'application/pdf', 'text/*', 'application/json', '.md', '.csv'].join();

/** Chooses files; on a phone the system offers the camera and the gallery, too. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        accept={acceptedTypes}
        hidden
        multiple
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen once more.
          target.value = '';
        }}
        ref={input}
        type="file"
      />
      <Button aria-label={say('attachment.add')} onClick={() => input.current?.click()} size="icon" title={say('attachment.add')} variant="quiet">
        <Paperclip aria-hidden className="size-5" />
      </Button>
    </>
  );
}
