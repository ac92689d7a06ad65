import { attempt } from '#components/ui/attempt.ts';

/** Where the tab keeps the change of a queued message that is being typed. */
export const keptEditKey = (chatId: string) => `holdfast.queue-edit.${chatId}`;

export function hasKeptEdit(chatId: string): boolean {
  return attempt(() => sessionStorage.getItem(keptEditKey(chatId)) !== null) ?? false;
}
