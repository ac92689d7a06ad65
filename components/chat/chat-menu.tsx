'use client';

import { Download, Ellipsis } from 'lucide-react';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { saveFile } from '#components/ui/save-file.ts';
import { useSay } from '#components/words/words-context';
import { exportChat, type ExportedChat, type ExportFormat, exportName } from './export-chat.ts';

const mediaTypes = { md: 'text/markdown', json: 'application/json' } as const;

/** What can be done with the open chat. */
export function ChatMenu({ chat }: { chat: ExportedChat }) {
  const say = useSay();
  const save = (format: ExportFormat) => saveFile(exportName(chat, format), exportChat(chat, format, say), mediaTypes[format]);
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
