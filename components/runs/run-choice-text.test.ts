import { describe, expect, it } from 'vitest';
import { sampleRun } from '#components/testing/sample-views.ts';
import { describeRunChoice } from './run-choice-text.ts';

const warningsOf = (toolsActed: Array<{ toolName: string; stepCompleted: boolean }>) =>
  describeRunChoice(sampleRun({ toolsActed })).warnings;

describe('describeRunChoice', () => {
  it('says where Continue begins', () => {
    const anew = describeRunChoice(sampleRun()).difference;
    expect(anew).toMatch(/^No step was completed/);
    expect(describeRunChoice(sampleRun({ stepCount: 1 })).difference).toMatch(/after the last completed step/);
    const baseParts = [{ type: 'step-start' as const }];
    expect(describeRunChoice(sampleRun({ baseParts })).difference).toMatch(/after the last completed step/);
  });

  it('warns of nothing where no tool has acted', () => {
    expect(warningsOf([])).toEqual([]);
  });

  it('warns before both of a tool whose step was not completed', () => {
    expect(warningsOf([{ toolName: 'send_mail', stepCompleted: false }])).toEqual([
      'send_mail may already have run; continuing or retrying may run it again.',
    ]);
  });

  it('warns before Retry alone of a tool whose step was completed', () => {
    expect(warningsOf([{ toolName: 'send_mail', stepCompleted: true }])).toEqual([
      'send_mail may already have run; retrying may run it again.',
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
      'send_mail and pay may already have run; continuing or retrying may run them again.',
      'book_room may already have run; retrying may run it again.',
    ]);
  });
});
