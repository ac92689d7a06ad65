import type { Say } from '#components/words/say.ts';
import type { ChatMessage } from '#domain/message-view';
import { isToolPart, toolNameOf } from '#domain/tool-part';
import { sourcesOf } from './message-sources.ts';

/** All that a message holds, as one Markdown text: words, names of files, thoughts, tools with what they were asked and said, sources. */
export function markdownOf({ parts }: Pick<ChatMessage, 'parts'>, say: Say): string {
  const sources = sourcesOf(parts).map(({ url, title }) => `- [${title.replaceAll(/[[\]]/g, '\\$&')}](<${url}>)`);
  return [...parts.map((part) => partText(part, say)), sources.join('\n')].filter((block) => block !== '').join('\n\n');
}

function partText(part: ChatMessage['parts'][number], say: Say): string {
  if (part.type === 'text') return part.text.trim();
  if (part.type === 'reasoning') return part.text.trim().replace(/^/gm, '> ');
  if (part.type === 'file') return say('attachment.exported', { name: part.filename ?? '' });
  if (!isToolPart(part)) return '';
  const { input, output, errorText } = part as { input?: unknown; output?: unknown; errorText?: string };
  return fenced(JSON.stringify({ tool: toolNameOf(part), input, output, error: errorText }, null, 2));
}

/** A fence longer than any inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
