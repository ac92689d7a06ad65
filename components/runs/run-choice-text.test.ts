import { describe, expect, it } from 'vitest';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import type { ChatMessage } from '#domain/message-view';
import { describeRewriting, describeRunChoice } from './run-choice-text.ts';

const warningsOf = (toolsActed: Array<{ toolName: string; stepCompleted: boolean }>) =>
  describeRunChoice(sampleRun({ toolsActed })).warnings;

describe('describeRewriting', () => {
  const step = { type: 'step-start' } as const;
  const words = { type: 'text', text: 'half of it' } as const;
  const answer = (...parts: ChatMessage['parts']) => ({ ...sampleMessage('a1', {}), parts });

  it('says what Continue wipes of an answer that was stopped', () => {
    expect(describeRewriting(sampleRun(), answer(step, words))).toBe('choice.rewritesAll');
    expect(describeRewriting(sampleRun({ stepCount: 1 }), answer(step, words, step, words))).toBe('choice.rewritesStep');
    expect(describeRewriting(sampleRun({ baseParts: [step, words] }), answer(step, words, step, words))).toBe('choice.rewritesStep');
  });

  it('says nothing where no words are wiped', () => {
    expect(describeRewriting(sampleRun(), undefined)).toBeNull();
    expect(describeRewriting(sampleRun(), answer())).toBeNull();
    expect(describeRewriting(sampleRun(), answer(step))).toBeNull();
    expect(describeRewriting(sampleRun({ stepCount: 1 }), answer(step, words, step))).toBeNull();
    expect(describeRewriting(sampleRun({ stepCount: 1 }), answer(step, words))).toBeNull();
  });
});

describe('describeRunChoice', () => {
  it('says where Continue begins', () => {
    expect(describeRunChoice(sampleRun()).difference).toBe('choice.fromStart');
    expect(describeRunChoice(sampleRun({ stepCount: 1 })).difference).toBe('choice.afterStep');
    const baseParts = [{ type: 'step-start' as const }];
    expect(describeRunChoice(sampleRun({ baseParts })).difference).toBe('choice.afterStep');
  });

  it('warns of nothing where no tool has acted', () => {
    expect(warningsOf([])).toEqual([]);
  });

  it('warns before both of a tool whose step was not completed', () => {
    expect(warningsOf([{ toolName: 'send_mail', stepCompleted: false }])).toEqual([
      { key: 'choice.warnBoth', tools: ['send_mail'] },
    ]);
  });

  it('warns before Retry alone of a tool whose step was completed', () => {
    expect(warningsOf([{ toolName: 'send_mail', stepCompleted: true }])).toEqual([
      { key: 'choice.warnRetry', tools: ['send_mail'] },
    ]);
  });

  it('names each tool once, under the stronger warning', () => {
    expect(
      warningsOf([
        { toolName: 'send_mail', stepCompleted: true },
        { toolName: 'book_room', stepCompleted: true },
        { toolName: 'send_mail', stepCompleted: false },
        { toolName: 'pay', stepCompleted: false },
      ]),
    ).toEqual([
      { key: 'choice.warnBoth', tools: ['send_mail', 'pay'] },
      { key: 'choice.warnRetry', tools: ['book_room'] },
    ]);
  });
});
