'use client';

import { Download, Ellipsis, Link2 } from 'lucide-react';
import { use } from 'react';
import { useShareDialog } from '#components/share/use-share-dialog';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { MissingCodeContext } from '#components/ui/missing-code.ts';
import { useSay } from '#components/words/words-context';
import type { ExportedChat, ExportFormat } from './export-chat.ts';

const loadSaving = async () => (await import('./save-chat.ts')).saveChat;

export type ChatMenuProps = {
  chat: ExportedChat;
  /** whether others may read it by a link */
  isShared: boolean;
};

/** What can be done with the open chat, after the mark that others may read it. */
export function ChatMenu({ chat, isShared }: ChatMenuProps) {
  const say = useSay();
  const share = useShareDialog(chat.id, isShared);
  const onMissing = use(MissingCodeContext);
  const save = (format: ExportFormat) => void loadSaving().then((saveChat) => saveChat(chat, format, say), onMissing);
  return (
    <>
      {isShared && (
        <Button aria-label={say('share.mark')} onClick={share.open} size="icon" title={say('share.mark')} variant="quiet">
          <Link2 aria-hidden className="size-4" />
        </Button>
      )}
      <Menu
        trigger={
          <Button aria-label={say('export.menu')} size="icon" variant="quiet">
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        <MenuItem icon={Link2} onSelect={share.open}>
          {say('share.menu')}
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => save('md')}>
          {say('export.markdown')}
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => save('json')}>
          {say('export.json')}
        </MenuItem>
      </Menu>
      {share.view}
    </>
  );
}
