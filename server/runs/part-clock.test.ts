import { describe, expect, it } from 'vitest';
import { createPartClock } from './part-clock.ts';

/** A clock whose time the test moves. */
function createMovedClock() {
  let nowMs = 0;
  const clock = createPartClock(() => nowMs);
  return { clock, pass: (milliseconds: number) => void (nowMs += milliseconds) };
}

const context = { idempotencyKey: 'key', abortSignal: new AbortController().signal };

describe('createPartClock', () => {
  it('says how long the model thought, beside the signature that the provider gave in between', () => {
    const { clock, pass } = createMovedClock();
    clock.stamp({ type: 'reasoning-start', id: 'r' });
    pass(700);
    clock.stamp({ type: 'reasoning-delta', id: 'r', delta: '', providerMetadata: { anthropic: { signature: 's' } } });
    pass(800);
    expect(clock.stamp({ type: 'reasoning-end', id: 'r' })).toEqual({
      type: 'reasoning-end',
      id: 'r',
      providerMetadata: { anthropic: { signature: 's' }, holdfast: { milliseconds: 1_500 } },
    });
  });

  it('says how long a tool worked, whether it answered or threw, and nothing of the waiting before', async () => {
    const { clock, pass } = createMovedClock();
    const answering = clock.timed('a', async () => pass(30));
    const throwing = clock.timed('b', async () => {
      pass(40);
      throw new Error('broken');
    });
    pass(1_000);
    await answering(context);
    await expect(throwing(context)).rejects.toThrow('broken');
    pass(1_000);
    expect(clock.stamp({ type: 'tool-output-available', toolCallId: 'a', output: 1 })).toHaveProperty(
      'providerMetadata.holdfast.milliseconds',
      30,
    );
    expect(clock.stamp({ type: 'tool-output-error', toolCallId: 'b', errorText: 'broken' })).toHaveProperty(
      'providerMetadata.holdfast.milliseconds',
      40,
    );
  });

  it('leaves alone what began before it', () => {
    const { clock } = createMovedClock();
    for (const chunk of [
      { type: 'reasoning-end', id: 'r' },
      { type: 'tool-output-available', toolCallId: 'a', output: 1 },
    ] as const) {
      expect(clock.stamp(chunk)).toBe(chunk);
    }
  });
});
