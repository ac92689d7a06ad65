import { describe, expect, it } from 'vitest';
import type { Chunk } from '#domain/message-view';
import type { ChunksEvent } from '#domain/run-event';
import { AnswerFold } from './answer-fold.ts';

const opening: Chunk[] = [{ type: 'start' }, { type: 'text-start', id: 't' }];
const delta = (text: string): Chunk => ({ type: 'text-delta', id: 't', delta: text });

function chunks(fromSeq: number, list: Chunk[], replace = false): ChunksEvent {
  const toSeq = fromSeq + list.length - 1;
  return { type: 'chunks', runId: 'r', messageId: 'a', epoch: 1, fromSeq, toSeq, replace, chunks: list };
}

/** A fold whose frames the test paints. */
function createPaintedFold() {
  const frames: Array<() => void> = [];
  const texts: string[] = [];
  let broken = 0;
  let told: () => void = () => undefined;
  const fold = new AnswerFold({
    basePartsOf: () => [],
    onParts: (_, parts) => {
      texts.push(parts.map((part) => (part.type === 'text' ? part.text : '')).join(''));
      told();
    },
    onBroken: () => {
      broken += 1;
      told();
    },
    schedule: (callback) => {
      frames.push(callback);
      return () => void frames.splice(frames.indexOf(callback), 1);
    },
  });
  const paint = () => {
    const result = new Promise<void>((resolve) => (told = resolve));
    frames.splice(0).forEach((frame) => frame());
    return result;
  };
  return { fold, frames, texts, paint, brokenCount: () => broken };
}

describe('AnswerFold', () => {
  it('folds what arrived since the last frame at once', async () => {
    const { fold, frames, texts, paint } = createPaintedFold();
    fold.take(chunks(1, [...opening, delta('Hel')]));
    fold.take(chunks(4, [delta('lo')]));
    expect(frames).toHaveLength(1);
    await paint();
    fold.take(chunks(5, [delta('!')]));
    await paint();
    expect(texts).toEqual(['Hello', 'Hello!']);
  });

  it('forgets what it had at a replace', async () => {
    const { fold, texts, paint } = createPaintedFold();
    fold.take(chunks(1, [...opening, delta('old')]));
    await paint();
    fold.take(chunks(1, [...opening, delta('new')], true));
    await paint();
    expect(texts).toEqual(['old', 'new']);
  });

  it('asks to begin again when chunks are missing', () => {
    const { fold, frames, brokenCount } = createPaintedFold();
    fold.take(chunks(1, opening));
    fold.take(chunks(9, [delta('x')]));
    expect(brokenCount()).toBe(1);
    expect(frames).toHaveLength(0);
  });

  it('asks to begin again when chunks do not fold', async () => {
    const { fold, paint, brokenCount } = createPaintedFold();
    fold.take(chunks(1, [delta('no part was opened')]));
    await paint();
    expect(brokenCount()).toBe(1);
  });

  it('says nothing more once its message has settled', () => {
    const { fold, frames } = createPaintedFold();
    fold.take(chunks(1, opening));
    fold.end('a');
    expect(frames).toHaveLength(0);
  });
});
