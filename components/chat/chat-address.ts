/** Where a chat lives in this site. */
export function chatAddress(chatId: string): string {
  return `/chat/${chatId}`;
}

/** The chat an address shows; null for any other page. */
export function chatIdIn(pathname: string): string | null {
  return /^\/chat\/([^/]+)$/.exec(pathname)?.[1] ?? null;
}
