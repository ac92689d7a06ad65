import type { ChatMessage } from '#domain/message-view';
import { isToolPart, toolNameOf, type ToolPart } from '#domain/tool-part';
import { sourcesOf } from './message-sources.ts';

/** All that an answer holds, as one Markdown text: words, tools with what they were asked and said, sources. */
export function markdownOf({ parts }: ChatMessage): string {
  const blocks = parts.flatMap((part) => {
    if (part.type === 'text') return [part.text.trim()];
    return isToolPart(part) ? [toolBlock(part)] : [];
  });
  const sources = sourcesOf(parts).map(({ url, title }) => `- [${title.replaceAll(/[[\]]/g, '\\$&')}](<${url}>)`);
  return [...blocks, sources.join('\n')].filter((block) => block !== '').join('\n\n');
}

function toolBlock(part: ToolPart): string {
  const outcome = part.state === 'output-available' ? part.output : part.errorText;
  const values = [part.input, outcome].filter((value) => value !== undefined);
  return [`**${toolNameOf(part)}**`, ...values.map(fenced)].join('\n\n');
}

/** The fence is longer than any inside. */
function fenced(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${typeof value === 'string' ? '' : 'json'}\n${text}\n${fence}`;
}
