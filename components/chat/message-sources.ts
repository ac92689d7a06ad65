import type { ChatMessage } from '#domain/message-view';

export type Source = { url: string; title: string };

/** The web pages that an answer names, each once; what is no address of the web is left out. */
export function sourcesOf(parts: ChatMessage['parts']): Source[] {
  const sources = parts.flatMap((part) => {
    if (part.type !== 'source-url') return [];
    const url = URL.parse(part.url);
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return [];
    return [{ url: url.href, title: part.title?.trim() || url.host }];
  });
  return sources.filter(({ url }, index) => sources.findIndex((source) => source.url === url) === index);
}
