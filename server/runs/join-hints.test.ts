import { describe, expect, it } from 'vitest';
import type { ParsedChunkHint } from './inbox.ts';
import { joinHints } from './join-hints.ts';

const hint = (fromSeq: number, toSeq: number, more: Partial<ParsedChunkHint> = {}): ParsedChunkHint => ({
  chatId: 'chat',
  runId: 'run',
  messageId: 'message',
  epoch: 1,
  fromSeq,
  toSeq,
  body: [`${fromSeq}-${toSeq}`],
  ...more,
});
const nothingSeen = { runId: null, seq: 0 };

describe('joinHints', () => {
  it('makes one of those that follow on each other', () => {
    const joined = joinHints([hint(1, 2), hint(3, 3), hint(4, 6)], nothingSeen);
    expect(joined).toEqual([hint(1, 6, { body: ['1-2', '3-3', '4-6'] })]);
  });

  it('keeps apart what has a gap, another run, another epoch or no body', () => {
    const apart = [
      hint(1, 2),
      hint(4, 4),
      hint(5, 5, { runId: 'other' }),
      hint(6, 6, { runId: 'other', epoch: 2 }),
      hint(7, 7, { runId: 'other', epoch: 2, body: null }),
      hint(8, 8, { runId: 'other', epoch: 2 }),
    ];
    expect(joinHints(apart, nothingSeen)).toEqual(apart);
  });

  it('leaves out what was seen, so that the rest follows on it', () => {
    const joined = joinHints([hint(1, 2), hint(3, 4), hint(5, 5)], { runId: 'run', seq: 2 });
    expect(joined).toEqual([hint(3, 5, { body: ['3-4', '5-5'] })]);
    expect(joinHints([hint(1, 2)], { runId: 'other', seq: 9 })).toEqual([hint(1, 2)]);
  });
});
