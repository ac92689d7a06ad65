import type { ModelScript } from './model-script.ts';
import { markdownTokens } from './scripted-markdown.ts';
import { scriptedWords } from './scripted-text.ts';

/** One thing the server does after the other. */
export type Beat =
  | { kind: 'delta'; delta: object; text: string; stamp?: boolean }
  | { kind: 'finish'; reason: 'stop' | 'tool_calls' }
  | { kind: 'hang' | 'cut' | 'end' | 'malformed' | 'error' };

const usualInputs: Record<string, string> = {
  currentTime: '{"timeZone":"UTC"}',
  calculate: '{"expression":"6*7"}',
};

/**
 * What the server does in one step of an answer.
 *
 * @param step counts from 1: tool results since the question, plus one
 * @param callId id of the tool call, should there be one
 */
export function beatsOf(script: ModelScript, step: number, callId: string): Beat[] {
  const beats: Beat[] = [...reasoning(script), ...text(script, step)];
  const fault = faultOf(script);
  if (fault !== undefined) return [...beats.slice(0, fault.after), { kind: fault.kind }];
  const callsTool = script.tool !== undefined && step < (script.steps ?? 2);
  if (!callsTool) return [...beats, { kind: 'finish', reason: 'stop' }];
  return [...beats, ...toolCall(script, callId), { kind: 'finish', reason: 'tool_calls' }];
}

function reasoning({ think = 0 }: ModelScript): Beat[] {
  const words = Array.from({ length: think }, (_, index) => `thought ${index + 1} `);
  return words.map((word) => ({ kind: 'delta', delta: { reasoning_content: word }, text: '' }));
}

function text(script: ModelScript, step: number): Beat[] {
  const { words = 20, huge = 0, dirty = false, stamp = false } = script;
  const pieces = piecesOf(script, words, step);
  if (huge > 0) pieces.push('x'.repeat(huge));
  if (dirty) pieces.push('nul\0 ', 'lone\udc00 ', 'half \ud83d', '\ude80 ');
  return pieces.map((piece) => ({ kind: 'delta', delta: { content: piece }, text: piece, stamp }));
}

function piecesOf(script: ModelScript, words: number, step: number): string[] {
  if (script.text !== undefined) return [script.text];
  if (script.say !== undefined) return decodeURIComponent(script.say).match(/\s*\S+|\s+$/g) ?? [];
  return script.markdown === true ? markdownTokens(words) : scriptedWords(words, step);
}

function toolCall({ tool = '', input = usualInputs[tool] ?? '{}' }: ModelScript, id: string): Beat[] {
  const half = Math.ceil(input.length / 2);
  const call = (fields: object): Beat => {
    return { kind: 'delta', delta: { tool_calls: [{ index: 0, ...fields }] }, text: '' };
  };
  return [
    call({ id, type: 'function', function: { name: tool, arguments: '' } }),
    call({ function: { arguments: input.slice(0, half) } }),
    call({ function: { arguments: input.slice(half) } }),
  ];
}

function faultOf(script: ModelScript): { kind: Exclude<Beat['kind'], 'delta' | 'finish'>; after: number } | undefined {
  if (script.hang === true) return { kind: 'hang', after: 0 };
  if (script.hangAfter !== undefined) return { kind: 'hang', after: script.hangAfter };
  if (script.cutAfter !== undefined) return { kind: 'cut', after: script.cutAfter };
  if (script.endAfter !== undefined) return { kind: 'end', after: script.endAfter };
  if (script.malformedAfter !== undefined) return { kind: 'malformed', after: script.malformedAfter };
  return script.errorAfter === undefined ? undefined : { kind: 'error', after: script.errorAfter };
}
