import type { TextSegment } from '#domain/chat-search';

const snippetLength = 200;
/** so much of it stands before the first hit */
const lead = 40;

/** A text cut into what the pattern matches and what it does not. */
export function markHits(text: string, pattern: RegExp): TextSegment[] {
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) segments.push({ text: text.slice(end, match.index), isHit: false });
    segments.push({ text: match[0], isHit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ text: text.slice(end), isHit: false });
  return segments;
}

/** The place of a message's markdown where most of the words stand together, in one line. */
export function cutSnippet(markdown: string, pattern: RegExp): TextSegment[] {
  const text = markdown.replaceAll(/[*#`|~]+|^\s*>/gm, ' ').replaceAll(/\s+/g, ' ').trim();
  const start = wordStart(text, findDensest(text, pattern) - lead);
  const end = wordEnd(text, start + snippetLength);
  const cut = `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
  return markHits(cut, pattern);
}

/** Where the window with the most different hits begins; 0 without any. */
function findDensest(text: string, pattern: RegExp): number {
  const hits = Array.from(text.matchAll(pattern), (match) => ({ index: match.index, word: match[0].toLowerCase() }));
  let best = { index: 0, count: 0 };
  for (const [first, { index }] of hits.entries()) {
    const words = new Set<string>();
    for (let next = first; next < hits.length && hits[next]!.index < index + snippetLength - lead; next++) {
      words.add(hits[next]!.word);
    }
    if (words.size > best.count) best = { index, count: words.size };
  }
  return best.index;
}

/** Not in the middle of a word, where one ends near by. */
function wordStart(text: string, index: number): number {
  if (index <= 0) return 0;
  const blank = text.indexOf(' ', index);
  return blank >= 0 && blank - index < lead / 2 ? blank + 1 : wholeCharacter(text, index);
}

function wordEnd(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const blank = text.lastIndexOf(' ', index);
  return index - blank < lead / 2 ? blank : wholeCharacter(text, index);
}

/** Not between the halves of a character. */
function wholeCharacter(text: string, index: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(index)) ? index + 1 : index;
}
