/** Random answers for property tests: well-formed sequences of chunks, as a model and its tools produce them. */
import fc from 'fast-check';
import type { Chunk } from '#domain/message-view';

const deltas = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 8 });

const text = fc.tuple(fc.constantFrom('text', 'reasoning'), deltas).map(
  ([kind, pieces]) =>
    (id: string): Chunk[] => [
      { type: `${kind}-start` as 'text-start', id },
      ...pieces.map((delta): Chunk => ({ type: `${kind}-delta` as 'text-delta', id, delta })),
      { type: `${kind}-end` as 'text-end', id },
    ],
);

const tool = fc.record({ pieces: deltas, output: fc.jsonValue(), fails: fc.boolean() }).map(
  ({ pieces, output, fails }) =>
    (toolCallId: string): Chunk[] => [
      { type: 'tool-input-start', toolCallId, toolName: 'look' },
      ...pieces.map((inputTextDelta): Chunk => ({ type: 'tool-input-delta', toolCallId, inputTextDelta })),
      { type: 'tool-input-available', toolCallId, toolName: 'look', input: { q: pieces.join('') } },
      fails
        ? { type: 'tool-output-error', toolCallId, errorText: 'no' }
        : { type: 'tool-output-available', toolCallId, output },
    ],
);

const step = fc.record({
  parts: fc.array(fc.oneof(text, tool), { maxLength: 4 }),
  turns: fc.array(fc.nat(3), { maxLength: 40 }),
  isReset: fc.boolean(),
});

/** Several parts at once, as a model writes that calls tools in parallel; the rest one after the other. */
function interleave<T>(lists: readonly T[][], turns: readonly number[]): T[] {
  const waiting = lists.map((list) => [...list]);
  const first = turns.flatMap((turn) => waiting[turn]?.splice(0, 1) ?? []);
  return [...first, ...waiting.flat()];
}

/** A whole answer: steps of text, reasoning and tools, some of them at once; some steps are written, reset and written again. */
export const arbitraryAnswer: fc.Arbitrary<Chunk[]> = fc.array(step, { maxLength: 4 }).map((steps) => {
  const write = ({ parts, turns }: (typeof steps)[number], name: string) =>
    interleave(parts.map((part, i) => part(`${name}-${i}`)), turns);
  const body = steps.flatMap((content, n): Chunk[] => [
    { type: 'start-step' },
    ...(content.isReset ? [...write(content, `draft-${n}`), { type: 'reset-step' } as const] : []),
    ...write(content, `${n}`),
    { type: 'finish-step' },
  ]);
  return [{ type: 'start', messageId: 'answer' }, ...body, { type: 'finish' }];
});

/** The same chunks in consecutive pieces. */
export function cutAt<T>(items: readonly T[], cuts: readonly number[]): T[][] {
  const places = [0, ...cuts.map((cut) => cut % (items.length + 1)).toSorted((a, b) => a - b), items.length];
  return places.slice(1).map((end, i) => items.slice(places[i], end));
}
