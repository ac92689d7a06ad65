'use client';

import { Download, Ellipsis } from 'lucide-react';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ExportedChat, ExportFormat } from './export-chat.ts';

const loadSaving = async () => (await import('./save-chat.ts')).saveChat;

/** What can be done with the open chat. */
export function ChatMenu({ chat }: { chat: ExportedChat }) {
  const say = useSay();
  const save = (format: ExportFormat) =>
    void loadSaving().then(
      (saveChat) => saveChat(chat, format, say),
      () => toast.error(say('refusal.UNREACHABLE')),
    );
  return (
    <Menu
      trigger={
        <Button aria-label={say('export.menu')} size="icon" variant="quiet">
          <Ellipsis aria-hidden className="size-5" />
        </Button>
      }
    >
      <MenuItem icon={Download} onSelect={() => save('md')}>
        {say('export.markdown')}
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => save('json')}>
        {say('export.json')}
      </MenuItem>
    </Menu>
  );
}
