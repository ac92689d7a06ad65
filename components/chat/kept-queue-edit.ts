/** Where the tab keeps the change of a queued message that is being typed. */
export const keptEditKey = (chatId: string) => `holdfast.queue-edit.${chatId}`;

export function hasKeptEdit(chatId: string): boolean {
  try {
    return sessionStorage.getItem(keptEditKey(chatId)) !== null;
  } catch {
    return false;
  }
}
