import { saveFile } from '#components/ui/save-file.ts';
import type { Say } from '#components/words/say.ts';
import { exportChat, type ExportedChat, type ExportFormat, exportName } from './export-chat.ts';

const mediaTypes = { md: 'text/markdown', json: 'application/json' } as const;

/** Let the browser save the chat as a file. */
export function saveChat(chat: ExportedChat, format: ExportFormat, say: Say): void {
  saveFile(exportName(chat, format), exportChat(chat, format, say), mediaTypes[format]);
}
