import { describe, expect, it } from 'vitest';
import { sampleMessage } from '#components/testing/sample-views.ts';
import { english } from '#components/words/english.ts';
import { createSay } from '#components/words/say.ts';
import { toFilePart } from '#domain/file-part';
import type { ChatMessage } from '#domain/message-view';
import { exportChat, exportName } from './export-chat.ts';

const say = createSay('en', english);
const question = sampleMessage('u1', { role: 'user', text: 'Why?' });
const answer: ChatMessage = {
  ...sampleMessage('a1', { parentId: 'u1', status: 'streaming' }),
  parts: [
    { type: 'step-start' },
    { type: 'reasoning', text: 'one\ntwo' },
    { type: 'dynamic-tool', toolName: 'look_up', toolCallId: 'c', state: 'output-available', input: { q: '```' }, output: 1 },
    { type: 'text', text: 'Because' },
  ],
};
const chat = { id: 'c1', title: 'A  question: "why"', messages: [question, answer] };

describe('exportChat', () => {
  it('writes who said what as Markdown, and that an answer is not complete', () => {
    const text = exportChat(chat, 'md', say);
    expect(text).toMatch(/^# A {2}question: "why"\n\n## You\n\n\*2026-01-01T00:00:00.000Z\*\n\nWhy\?\n\n## Assistant/);
    expect(text).toContain('still being written');
    expect(text).toContain('> one\n> two');
    expect(text).toContain('````json\n{\n  "tool": "look_up"');
    expect(text).toMatch(/Because\n$/);
  });

  it('names what came with a message', () => {
    const parts = [toFilePart({ id: crypto.randomUUID(), name: 'tide.pdf', mediaType: 'application/pdf' })];
    expect(exportChat({ ...chat, messages: [{ ...question, parts }] }, 'md', say)).toContain('Attached: tide.pdf');
  });

  it('writes all of it as JSON', () => {
    expect(JSON.parse(exportChat(chat, 'json', say))).toEqual(chat);
  });
});

describe('exportName', () => {
  it.each([
    ['A  question: "why"', 'A-question-why.md'],
    ['../Größe/日本', 'Größe-日本.md'],
    ['', 'chat.md'],
    ['??', 'chat.md'],
  ])('of %j is %s', (title, name) => {
    expect(exportName({ title }, 'md')).toBe(name);
  });
});
