import { describe, expect, it } from 'vitest';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import { writeReceipt } from './stop-receipt.ts';

const stopped = sampleRun({ status: 'aborted', finishedAt: '2026-01-01T00:00:05.000Z' });

describe('writeReceipt', () => {
  it('counts the words that this run has left, in any language', () => {
    const answer = sampleMessage('a1', { text: 'Well, that is it.' });
    expect(writeReceipt(stopped, answer, 'en').words).toBe(4);
    expect(writeReceipt({ ...stopped, baseParts: answer.parts }, answer, 'en').words).toBe(0);
    expect(writeReceipt(stopped, sampleMessage('a1', { text: '今日は良い天気' }), 'ja').words).toBeGreaterThan(1);
    expect(writeReceipt(stopped, undefined, 'en').words).toBe(0);
  });

  it('names what was spent, and each tool that cannot be recalled once', () => {
    const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15, estimated: true };
    const acted = { toolName: 'send_mail', stepCompleted: false };
    expect(writeReceipt({ ...stopped, usage, toolsActed: [acted, acted] }, undefined, 'en')).toMatchObject({
      usage: { totalTokens: 15, estimated: true },
      tools: ['send_mail'],
    });
  });
});
