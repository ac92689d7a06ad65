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
  if (Array.isArray(event.choices)) return readCompletion(event, event.choices);
  switch (event.type) {
    case 'content_block_start':
      return readBlockStart(toFields(event.content_block));
    case 'content_block_delta':
      return readBlockDelta(event, toFields(event.delta));
    case 'response.output_text.delta':
      return isEmpty(event.logprobs) ? said('text', event, { name: 'delta' }) : 'unclear';
    case 'response.reasoning_summary_text.delta':
      return said('reasoning', event, { name: 'delta' });
    default:
      return typeof event.type === 'string' && silentTypes.test(event.type) ? 'silent' : 'unclear';
  }
}

/** Of Anthropic's messages, and of OpenAI's responses what is no delta, or one of a tool's input. */
const silentTypes =
  /^(?:ping|message_(?:start|delta|stop)|content_block_stop)$|^response\.(?!.*\.delta$)|^response\.(?:function_call_arguments|custom_tool_call_input|mcp_call_arguments|code_interpreter_call_code)\.delta$/;
const silentDeltas = ['input_json_delta', 'signature_delta', 'citations_delta'];

const completionKinds = new Map<string, DeltaKind>([
  ['content', 'text'],
  ['reasoning_content', 'reasoning'],
  ['reasoning', 'reasoning'],
]);

/** OpenAI's chat completions, and what speaks like them. */
function readCompletion(event: Fields, choices: unknown[]): ReadFrame {
  if (choices.length === 0) return 'silent';
  const choice = toFields(choices[0]);
  if (choices.length > 1 || choice === null) return 'unclear';
  const delta = toFields(choice.delta) ?? {};
  const names = Object.keys(delta).filter((name) => name !== 'role' && !isEmpty(delta[name]));
  if (names.every((name) => name === 'tool_calls')) return 'silent';
  const kind = completionKinds.get(names[0]!);
  const isMore = isEmpty(choice.finish_reason) && isEmpty(choice.logprobs) && isEmpty(event.usage);
  if (names.length > 1 || kind === undefined || !isMore) return 'unclear';
  const around = (other: Fields) => ({ ...event, choices: [{ ...choice, delta: other }] });
  return said(kind, delta, { name: names[0]!, around });
}

/** Anthropic's messages: a block may begin with text. */
function readBlockStart(block: Fields | null): ReadFrame {
  return block !== null && [block.text, block.thinking, block.content].every(isEmpty) ? 'silent' : 'unclear';
}

/** Anthropic's messages. */
function readBlockDelta(event: Fields, delta: Fields | null): ReadFrame {
  if (delta === null) return 'unclear';
  const around = (other: Fields) => ({ ...event, delta: other });
  if (delta.type === 'text_delta') return said('text', delta, { name: 'text', around });
  if (delta.type === 'thinking_delta') return said('reasoning', delta, { name: 'thinking', around });
  return silentDeltas.includes(delta.type as string) ? 'silent' : 'unclear';
}

/** @param place the field that says it, and the event around it */
function said(kind: DeltaKind, fields: Fields, { name, around = (other) => other }: Place): ReadFrame {
  const text = fields[name];
  if (typeof text !== 'string') return 'unclear';
  if (text === '') return 'silent';
  return { kind, text, saying: (other) => JSON.stringify(around({ ...fields, [name]: other })) };
}

type Place = { name: string; around?: (fields: Fields) => Fields };

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function parse(data: string): Fields | null {
  try {
    return toFields(JSON.parse(data));
  } catch {
    return null;
  }
}

function toFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}
