/** Where a chat lives in this site. */
export function chatAddress(chatId: string): string {
  return `/chat/${chatId}`;
}

/** Where one of its messages stands. */
export function messageAddress(chatId: string, messageId: string): string {
  return `${chatAddress(chatId)}#${messageAnchor(messageId)}`;
}

/** The chat an address shows; null for any other page. */
export function chatIdIn(pathname: string): string | null {
  return /^\/chat\/([^/]+)$/.exec(pathname)?.[1] ?? null;
}

/** Id of a message's element in the page. */
export const messageAnchor = (messageId: string) => `m-${messageId}`;

/** The message that the hash of an address names; null for any other hash. */
export function messageIdIn(hash: string): string | null {
  return /^#m-(.+)$/.exec(hash)?.[1] ?? null;
}
