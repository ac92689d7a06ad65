import { describe, expect, it } from 'vitest';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import { english } from '#components/words/english.ts';
import { createSay } from '#components/words/say.ts';
import type { RunView } from '#domain/run-view';
import { describeEnd } from './run-notice.ts';

const say = createSay('en', english);
const endedAfter = (seconds: number, given: Partial<RunView> = { status: 'succeeded' }) =>
  sampleRun({ ...given, finishedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1_000).toISOString() } as Partial<RunView>);
const answer = (text: string) => sampleMessage('a1', { text });

describe('describeEnd', () => {
  it('says how a long run ended, and its first words', () => {
    expect(describeEnd(endedAfter(10), answer('## The *idea*\n\nA `lease`'), say)).toBe('The answer is done.\nThe idea A lease');
  });

  it('says why one failed', () => {
    const failed = endedAfter(30, { status: 'failed', error: { code: 'STEP_TIMEOUT', message: '' } });
    expect(describeEnd(failed, null, say)).toBe(`The answer failed. ${say('failure.STEP_TIMEOUT')}`);
  });

  it('ends between two words', () => {
    const words = describeEnd(endedAfter(30), answer('word '.repeat(100)), say)!.split('\n')[1]!;
    expect(words).toMatch(/^(word )+word…$/);
    expect(words.length).toBeLessThanOrEqual(121);
  });

  it('cuts a text without blanks', () => {
    expect(describeEnd(endedAfter(30), answer('永'.repeat(300)), say)!.split('\n')[1]).toHaveLength(121);
  });

  it('is silent about short runs and stopped ones', () => {
    expect(describeEnd(endedAfter(9.9), answer('Done'), say)).toBeNull();
    expect(describeEnd(endedAfter(30, { status: 'aborted' }), answer('Half'), say)).toBeNull();
  });
});
