import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk } from '#domain/message-view';
import { describeRunError } from '#domain/run-error';
import { arbitraryAnswer } from '#server/testing/arbitrary-answer';
import { draftsOf, hasOpenStep, journalledOutcome } from './journal-reading.ts';

const text = (id: string): Chunk[] => [
  { type: 'text-start', id },
  { type: 'text-end', id },
];

describe('journalledOutcome', () => {
  it('finds the end of a whole answer and none in one that breaks off', () => {
    fc.assert(
      fc.property(arbitraryAnswer, (answer) => {
        expect(journalledOutcome(answer)).toEqual({ kind: 'succeeded' });
        expect(journalledOutcome(answer.slice(0, -1))).toBeNull();
      }),
    );
  });

  it('reads the reason back from its sentence', () => {
    const errorText = describeRunError('PROVIDER_CUT').message;
    expect(journalledOutcome([{ type: 'error', errorText }])).toMatchObject({ kind: 'failed', code: 'PROVIDER_CUT' });
  });
});

describe('hasOpenStep', () => {
  it.each<[boolean, string, Chunk[]]>([
    [false, 'an empty journal', []],
    [false, 'a start alone', [{ type: 'start' }]],
    [true, 'a step without its end', [{ type: 'start' }, { type: 'start-step' }, ...text('a')]],
    [false, 'a step with its end', [{ type: 'start-step' }, { type: 'finish-step' }]],
    [true, 'a step that was reset', [{ type: 'start-step' }, ...text('a'), { type: 'reset-step' }]],
  ])('is %s for %s', (expected, _, chunks) => expect(hasOpenStep(chunks)).toBe(expected));
});

describe('draftsOf', () => {
  it('keeps each half-written step that was written again', () => {
    const chunks: Chunk[] = [
      { type: 'start' },
      { type: 'start-step' },
      ...text('first draft'),
      { type: 'reset-step' },
      ...text('second draft'),
      { type: 'reset-step' },
      ...text('final'),
      { type: 'finish-step' },
    ];
    expect(draftsOf(chunks)).toEqual([[{ type: 'start-step' }, ...text('first draft')], text('second draft')]);
  });
});
