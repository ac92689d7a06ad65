/** Which events of a provider's stream say more text and nothing else, in the protocols that we know. */
import type { DeltaKind } from './delta-lane.ts';

/** An event that says text and nothing else. */
export type DeltaFrame = {
  kind: DeltaKind;
  text: string;
  /** the same event, saying this instead; as JSON */
  saying(text: string): string;
};

/** silent: no text. unclear: text and something else, or who knows. */
export type ReadFrame = DeltaFrame | 'silent' | 'unclear';

type Fields = Record<string, unknown>;

/** @param data of a server-sent event */
export function readFrame(data: string): ReadFrame {
  if (data === '[DONE]') return 'silent';
  const event = parse(data);
  if (event === null) return 'unclear';
  if (Array.isArray(event.choices)) return readCompletion(event, event.choices as Fields[]);
  switch (event.type) {
    case 'content_block_delta':
      return readBlockDelta(event, event.delta as Fields);
    case 'response.output_text.delta':
      return isEmpty(event.logprobs) ? said('text', event, { name: 'delta' }) : 'unclear';
    case 'response.reasoning_summary_text.delta':
      return said('reasoning', event, { name: 'delta' });
    default:
      return typeof event.type === 'string' && knownTypes.test(event.type) ? 'silent' : 'unclear';
  }
}

/** Of Anthropic's messages and OpenAI's responses. */
const knownTypes = /^(?:message|content_block|response)[._]|^ping$/;

const completionKinds = new Map<string, DeltaKind>([
  ['content', 'text'],
  ['reasoning_content', 'reasoning'],
  ['reasoning', 'reasoning'],
]);

/** OpenAI's chat completions, and what speaks like them. */
function readCompletion(event: Fields, [choice, ...others]: Fields[]): ReadFrame {
  if (choice === undefined) return 'silent';
  const delta = (choice.delta ?? {}) as Fields;
  const names = Object.keys(delta).filter((name) => name !== 'role' && !isEmpty(delta[name]));
  if (others.length > 0) return 'unclear';
  if (names.every((name) => name === 'tool_calls')) return 'silent';
  const kind = completionKinds.get(names[0]!);
  const isMore = isEmpty(choice.finish_reason) && isEmpty(choice.logprobs) && isEmpty(event.usage);
  if (names.length > 1 || kind === undefined || !isMore) return 'unclear';
  const around = (other: Fields) => ({ ...event, choices: [{ ...choice, delta: other }] });
  return said(kind, delta, { name: names[0]!, around });
}

/** Anthropic's messages. */
function readBlockDelta(event: Fields, delta: Fields): ReadFrame {
  const around = (other: Fields) => ({ ...event, delta: other });
  if (delta.type === 'text_delta') return said('text', delta, { name: 'text', around });
  if (delta.type === 'thinking_delta') return said('reasoning', delta, { name: 'thinking', around });
  return 'silent';
}

/** @param place the field that says it, and the event around it */
function said(kind: DeltaKind, fields: Fields, { name, around = (other) => other }: Place): ReadFrame {
  const text = fields[name];
  if (typeof text !== 'string') return 'unclear';
  return { kind, text, saying: (other) => JSON.stringify(around({ ...fields, [name]: other })) };
}

type Place = { name: string; around?: (fields: Fields) => Fields };

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function parse(data: string): Fields | null {
  try {
    const value = JSON.parse(data) as unknown;
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
