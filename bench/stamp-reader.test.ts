import { describe, expect, it } from 'vitest';
import { createStampReader } from './stamp-reader.ts';

describe('createStampReader', () => {
  it('reads each word once, also merged ones and one that arrives in two pieces', () => {
    const latencies: number[] = [];
    const read = createStampReader((latencyMs) => latencies.push(latencyMs));
    read('1000.5 1010.5 10', 1011);
    read('20 ', 1021);
    expect(latencies).toEqual([10.5, 0.5, 1]);
  });
});
