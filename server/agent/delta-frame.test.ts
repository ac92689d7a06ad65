import { describe, expect, it } from 'vitest';
import { readFrame } from './delta-frame.ts';

const completion = (delta: object, more: object = {}, choice: object = {}) => ({
  id: 'c',
  choices: [{ index: 0, delta, finish_reason: null, ...choice }],
  ...more,
});
const read = (event: unknown) => readFrame(JSON.stringify(event));

describe('readFrame', () => {
  it.each([
    ['chat completions', completion({ content: 'hi' }), 'text'],
    ['chat completions with empty fields', completion({ role: 'assistant', content: 'hi', refusal: null }, { usage: null }), 'text'],
    ['reasoning_content', completion({ content: null, reasoning_content: 'hi' }), 'reasoning'],
    ['reasoning', completion({ content: '', reasoning: 'hi' }), 'reasoning'],
    ['Anthropic’s text', { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'hi' } }, 'text'],
    ['Anthropic’s thinking', { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hi' } }, 'reasoning'],
    ['OpenAI’s responses', { type: 'response.output_text.delta', item_id: 'm', delta: 'hi', logprobs: [] }, 'text'],
    ['OpenAI’s summaries', { type: 'response.reasoning_summary_text.delta', item_id: 'r', summary_index: 0, delta: 'hi' }, 'reasoning'],
  ] as const)('finds the text of %s, and says something else in its place', (_, event, kind) => {
    const frame = read(event);
    expect(frame).toMatchObject({ kind, text: 'hi' });
    if (typeof frame === 'string') return;
    expect(JSON.parse(frame.saying('ho'))).toEqual(JSON.parse(JSON.stringify(event).replace('"hi"', '"ho"')));
  });

  it.each([
    ['the role', completion({ role: 'assistant', content: '' })],
    ['the reason of the end', completion({}, {}, { finish_reason: 'stop' })],
    ['a tool call', completion({ content: null, tool_calls: [{ index: 0, function: { arguments: '{' } }] })],
    ['usage', { choices: [], usage: { total_tokens: 3 } }],
    ['a new block', { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }],
    ['a tool’s input', { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{' } }],
    ['text without a word', { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: '' } }],
    ['a signature', { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } }],
    ['a tool’s arguments', { type: 'response.function_call_arguments.delta', delta: '{' }],
    ['a ping', { type: 'ping' }],
    ['a part that is added', { type: 'response.content_part.added', item_id: 'm' }],
  ])('takes %s for silent', (_, event) => {
    expect(read(event)).toBe('silent');
  });

  it.each([
    ['two choices', { choices: [{ delta: { content: 'a' } }, { delta: { content: 'b' } }] }],
    ['text and a reason', completion({ content: 'end' }, {}, { finish_reason: 'stop' })],
    ['text and usage', completion({ content: 'end' }, { usage: { total_tokens: 3 } })],
    ['text and probabilities', completion({ content: 'a' }, {}, { logprobs: { content: [{}] } })],
    ['two kinds of text', completion({ content: 'a', reasoning_content: 'b' })],
    ['a refusal', completion({ refusal: 'no' })],
    ['a refusal in responses', { type: 'response.refusal.delta', delta: 'no' }],
    ['a block that begins with text', { type: 'content_block_start', content_block: { type: 'compaction', content: 'a' } }],
    ['a delta that nobody knows', { type: 'content_block_delta', delta: { type: 'compaction_delta', content: 'a' } }],
    ['a delta that is none', { type: 'content_block_delta' }],
    ['a choice that is none', { choices: [null] }],
    ['text in pieces', completion({ content: [{ type: 'text', text: 'a' }] })],
    ['an unknown protocol', { candidates: [{ content: { parts: [{ text: 'a' }] } }] }],
    ['an unknown type', { type: 'text-delta', delta: 'a' }],
    ['no object', 7],
  ])('does not claim to understand %s', (_, event) => {
    expect(read(event)).toBe('unclear');
  });

  it('knows the end, and what is no JSON', () => {
    expect(readFrame('[DONE]')).toBe('silent');
    expect(readFrame('{"choices": [')).toBe('unclear');
  });
});
