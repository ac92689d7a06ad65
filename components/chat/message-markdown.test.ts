import { describe, expect, it } from 'vitest';
import { sampleMessage } from '#components/testing/sample-views.ts';
import { english } from '#components/words/english.ts';
import { createSay } from '#components/words/say.ts';
import type { ChatMessage } from '#domain/message-view';
import { markdownOf } from './message-markdown.ts';
import { sourcesOf } from './message-sources.ts';

const say = createSay('en', english);
const source = (url: string, title?: string) =>
  ({ type: 'source-url', sourceId: url, url, ...(title && { title }) }) as const;

const answerOf = (parts: ChatMessage['parts']): ChatMessage => ({ ...sampleMessage('a1', {}), parts });

describe('sourcesOf', () => {
  it('names each page once, by its title or else its host', () => {
    const parts = [source('https://a.example/x', 'A'), source('https://b.example/y'), source('https://a.example/x')];
    expect(sourcesOf(parts)).toEqual([
      { url: 'https://a.example/x', title: 'A' },
      { url: 'https://b.example/y', title: 'b.example' },
    ]);
  });

  it('leaves out what is no address of the web', () => {
    expect(sourcesOf([source('javascript:alert(1)'), source('nowhere'), source('data:text/html,x')])).toEqual([]);
  });
});

describe('markdownOf', () => {
  it('holds words, thoughts, tools and sources', () => {
    const answer = answerOf([
      { type: 'step-start' },
      { type: 'reasoning', text: 'hm\nso' },
      { type: 'text', text: 'Let me see.\n' },
      { type: 'tool-calculate', toolCallId: '1', state: 'output-available', input: { expression: '1+1' }, output: '2' },
      { type: 'text', text: 'It is **2**.' },
      source('https://a.example/x', 'A [1]'),
    ]);
    expect(markdownOf(answer, say)).toBe(
      [
        '> hm\n> so',
        'Let me see.',
        '```json\n{\n  "tool": "calculate",\n  "input": {\n    "expression": "1+1"\n  },\n  "output": "2"\n}\n```',
        'It is **2**.',
        '- [A \\[1\\]](<https://a.example/x>)',
      ].join('\n\n'),
    );
  });

  it('fences what holds a fence by a longer one', () => {
    const part = { type: 'tool-read', toolCallId: '1', state: 'output-available', input: undefined, output: '````' } as const;
    expect(markdownOf(answerOf([part]), say)).toMatch(/^`{5}json\n/);
  });
});
