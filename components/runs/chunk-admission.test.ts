import { describe, expect, it } from 'vitest';
import type { ChunksEvent } from '#domain/run-event';
import { admitChunks } from './chunk-admission.ts';

const progress = { runId: 'run-1', messageId: 'a1', toSeq: 10 };
const chunks = (given: Partial<ChunksEvent>): ChunksEvent => ({
  type: 'chunks',
  runId: 'run-1',
  messageId: 'a1',
  epoch: 1,
  fromSeq: 11,
  toSeq: 12,
  replace: false,
  chunks: [],
  ...given,
});

describe('admitChunks', () => {
  it('begins anew at a replace, whatever came before', () => {
    expect(admitChunks(progress, chunks({ replace: true, fromSeq: 1, toSeq: 4 }))).toBe('begin');
    expect(admitChunks(null, chunks({ replace: true }))).toBe('begin');
  });

  it('begins at the first chunks of a run', () => {
    expect(admitChunks(null, chunks({ fromSeq: 1 }))).toBe('begin');
    expect(admitChunks(progress, chunks({ runId: 'run-2', fromSeq: 1 }))).toBe('begin');
  });

  it('adds the range that follows', () => {
    expect(admitChunks(progress, chunks({}))).toBe('add');
  });

  it('skips a range it has', () => {
    expect(admitChunks(progress, chunks({ fromSeq: 9, toSeq: 10 }))).toBe('skip');
  });

  it('misses what lies between, also where ranges overlap in part', () => {
    expect(admitChunks(progress, chunks({ fromSeq: 12 }))).toBe('missing');
    expect(admitChunks(progress, chunks({ fromSeq: 10, toSeq: 12 }))).toBe('missing');
    expect(admitChunks(null, chunks({ fromSeq: 5 }))).toBe('missing');
  });
});
