import { describe, expect, it } from 'vitest';
import { foldChunks } from './fold-chunks.ts';
import { millisecondsOf, withMilliseconds } from './part-time.ts';

describe('millisecondsOf', () => {
  it('reads what the chunks that end a thought and a tool have said', async () => {
    const parts = await foldChunks({ messageId: 'a1', baseParts: [] }, [
      { type: 'start' },
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: 'hm' },
      { type: 'reasoning-end', id: 'r', providerMetadata: withMilliseconds({ openai: { itemId: 'i' } }, 1_234.4) },
      { type: 'tool-input-available', toolCallId: '1', toolName: 'calculate', input: {} },
      { type: 'tool-output-available', toolCallId: '1', output: 2, providerMetadata: withMilliseconds(undefined, 7) },
    ]);
    expect(parts.map(millisecondsOf)).toEqual([1_234, 7]);
  });

  it('knows nothing where nothing was said', () => {
    expect(millisecondsOf({ type: 'reasoning', text: 'hm' })).toBeNull();
    expect(millisecondsOf({ type: 'text', text: 'hm' })).toBeNull();
  });
});
