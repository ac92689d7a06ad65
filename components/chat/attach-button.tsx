import { Paperclip } from 'lucide-react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';

/** Id of the field that opens the system's dialog; on a phone that offers the camera and the gallery, too. */
export const fileInputId = 'file-input';

export function AttachButton({ onClick }: { onClick: () => void }) {
  const say = useSay();
  return (
    <Button aria-label={say('attachment.add')} onClick={onClick} size="icon" title={say('attachment.add')} variant="quiet">
      <Paperclip aria-hidden className="size-5" />
    </Button>
  );
}
