import { getToolName, isToolUIPart } from 'ai';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from './message-view.ts';
import { isToolPart, type ToolPart, toolNameOf } from './tool-part.ts';

const call = { toolCallId: '1', state: 'input-available', input: {} } as const;
const toolParts: ToolPart[] = [
  { ...call, type: 'tool-send-mail' },
  { ...call, type: 'dynamic-tool', toolName: 'book_room' },
];
const otherParts: ChatMessage['parts'] = [
  { type: 'text', text: 'tool-' },
  { type: 'reasoning', text: '' },
  { type: 'step-start' },
  { type: 'data-tool', data: {} },
];

describe('isToolPart', () => {
  it('tells tool parts from others as the AI SDK does', () => {
    for (const part of [...toolParts, ...otherParts]) expect(isToolPart(part), part.type).toBe(isToolUIPart(part));
  });
});

describe('toolNameOf', () => {
  it('names tools as the AI SDK does', () => {
    expect(toolParts.map(toolNameOf)).toEqual(['send-mail', 'book_room']);
    for (const part of toolParts) expect(toolNameOf(part)).toBe(getToolName(part));
  });
});
