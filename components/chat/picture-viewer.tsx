'use client';

import { useEffect, useState } from 'react';
import { ImageViewer } from '#components/ui/image-viewer';
import { useSay } from '#components/words/words-context';

/** Opens the pictures of the conversation in the page; without it they are links like others. */
export function PictureViewer() {
  const say = useSay();
  const [shown, setShown] = useState<{ url: string; name: string } | null>(null);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-picture]') : null;
      // Who holds a key wants a tab or a window of its own.
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setShown({ url: link.href, name: link.dataset.picture ?? '' });
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
  if (!shown) return null;
  return (
    <ImageViewer
      {...shown}
      closeLabel={say('attachment.close')}
      onClose={() => setShown(null)}
      saveLabel={say('attachment.save', { name: shown.name })}
    />
  );
}
