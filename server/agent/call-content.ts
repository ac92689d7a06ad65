import type { LanguageModelV4Content, LanguageModelV4File, LanguageModelV4ReasoningFile } from '@ai-sdk/provider';
import type { LanguageModelV4StreamPart as Part } from '@ai-sdk/provider';

type Block = Extract<LanguageModelV4Content, { type: 'text' | 'reasoning' }>;
type BlockPart = Extract<Part, { type: `${Block['type']}-${'start' | 'delta' | 'end'}` }>;
type GeneratedFile = LanguageModelV4File | LanguageModelV4ReasoningFile;

export type CallContent = {
  /** Take in the next part of the stream. */
  add(part: Part): void;
  /** all so far, in order; files as base64 */
  readonly content: LanguageModelV4Content[];
};

/** Gathers what a model says in one call, as the AI SDK puts it together: the last metadata of a block counts. */
export function createCallContent(): CallContent {
  const content: LanguageModelV4Content[] = [];
  // Providers number their blocks of text and of reasoning apart, and use a number again once its block has ended.
  const open = { text: new Map<string, Block>(), reasoning: new Map<string, Block>() };

  function begin(type: Block['type'], part: BlockPart): void {
    const block: Block = { type, text: '' };
    open[type].set(part.id, block);
    content.push(block);
    extend(block, part);
  }

  return {
    content,
    add(part) {
      switch (part.type) {
        case 'text-delta':
          return extend(open.text.get(part.id), part);
        case 'reasoning-delta':
          return extend(open.reasoning.get(part.id), part);
        case 'text-start':
          return begin('text', part);
        case 'reasoning-start':
          return begin('reasoning', part);
        case 'text-end':
          extend(open.text.get(part.id), part);
          return void open.text.delete(part.id);
        case 'reasoning-end':
          extend(open.reasoning.get(part.id), part);
          return void open.reasoning.delete(part.id);
        case 'file':
        case 'reasoning-file':
          return void content.push(inBase64(part));
        case 'tool-call':
        case 'tool-result':
        case 'tool-approval-request':
        case 'source':
        case 'custom':
          return void content.push(part);
        default:
      }
    },
  };
}

function extend(block: Block | undefined, part: BlockPart): void {
  if (block === undefined) return;
  if ('delta' in part) block.text += part.delta;
  if (part.providerMetadata != null) block.providerMetadata = part.providerMetadata;
  if (block.type === 'text' && 'citations' in part && part.citations != null) block.citations = part.citations;
}

function inBase64(file: GeneratedFile): GeneratedFile {
  if (file.data.type !== 'data' || typeof file.data.data === 'string') return file;
  return { ...file, data: { type: 'data', data: Buffer.from(file.data.data).toString('base64') } };
}

/** The stream that says this content; JSON has made strings of its addresses. */
export function* partsOfContent(content: readonly LanguageModelV4Content[]): Generator<Part> {
  for (const [index, item] of content.entries()) {
    const id = `recorded-${index}`;
    if (item.type === 'text') {
      const { text, type: _, ...rest } = item;
      yield* [{ type: 'text-start', id }, { type: 'text-delta', id, delta: text }, { ...rest, type: 'text-end', id }];
    } else if (item.type === 'reasoning') {
      const { text, type: _, ...rest } = item;
      yield { type: 'reasoning-start', id };
      yield { type: 'reasoning-delta', id, delta: text };
      yield { ...rest, type: 'reasoning-end', id };
    } else if ((item.type === 'file' || item.type === 'reasoning-file') && item.data.type === 'url') {
      yield { ...item, data: { ...item.data, url: new URL(item.data.url) } };
    } else {
      yield item;
    }
  }
}
