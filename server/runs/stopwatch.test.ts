import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createStopwatch } from './stopwatch.ts';

const timeouts = { firstChunkSeconds: 10, chunkSeconds: 5, stepSeconds: 40, toolSeconds: 20, totalSeconds: 60 };
const delta = { type: 'text-delta', id: 'a', delta: 'x' } as const;
const call = { type: 'tool-input-available', toolCallId: '1', toolName: 'look', input: {} } as const;
const result = { type: 'tool-output-available', toolCallId: '1', output: 1 } as const;

function start(elapsedSeconds = 0) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const heard: string[] = [];
  const stopwatch = createStopwatch(timeouts, elapsedSeconds, (code) => heard.push(code));
  return { stopwatch, heard, pass: (seconds: number) => vi.advanceTimersByTime(seconds * 1_000) };
}

describe('createStopwatch', () => {
  it('waits for the first chunk, then for each that follows', () => {
    const { stopwatch, heard, pass } = start();
    pass(9);
    stopwatch.see(delta);
    pass(4);
    stopwatch.see(delta);
    pass(4);
    expect(heard).toEqual([]);
    pass(2);
    expect(heard).toEqual(['PROVIDER_TIMEOUT']);
  });

  it('takes no chunk of ours for the first one of the provider', () => {
    const { stopwatch, heard, pass } = start();
    pass(9);
    stopwatch.see({ type: 'start' });
    pass(9);
    expect(heard).toEqual([]);
    pass(2);
    expect(heard).toEqual(['PROVIDER_TIMEOUT']);
  });

  it('leaves tools to their own clocks, and gives the provider his own again with the next step', () => {
    const { stopwatch, heard, pass } = start();
    stopwatch.see(call);
    stopwatch.toolsBegin();
    pass(30);
    stopwatch.see(result);
    pass(8);
    stopwatch.see({ type: 'finish-step' });
    pass(9);
    expect(heard).toEqual([]);
    pass(2);
    expect(heard).toEqual(['PROVIDER_TIMEOUT']);
  });

  it('does not take a provider that called a tool and then fell silent for a tool at work', () => {
    const { stopwatch, heard, pass } = start();
    stopwatch.see(call);
    pass(6);
    expect(heard).toEqual(['PROVIDER_TIMEOUT']);
  });

  it('limits a step, tools included, and each step anew', () => {
    const { stopwatch, heard, pass } = start();
    stopwatch.toolsBegin();
    pass(39);
    stopwatch.see({ type: 'finish-step' });
    stopwatch.toolsBegin();
    pass(20);
    expect(heard).toEqual([]);
    pass(21);
    expect(heard).toContain('STEP_TIMEOUT');
  });

  it('counts the total over all owners of the run', () => {
    const { stopwatch, heard, pass } = start(55);
    stopwatch.see(delta);
    pass(4);
    stopwatch.see(delta);
    pass(2);
    expect(heard).toEqual(['RUN_TIMEOUT']);
  });

  it('says nothing once closed', () => {
    const { stopwatch, heard, pass } = start();
    stopwatch.close();
    pass(100);
    expect(heard).toEqual([]);
  });
});
