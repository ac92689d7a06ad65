import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '#domain/message-view';
import { sampleMessage, sampleRun } from '#components/testing/sample-views.ts';
import { runPhase, type RunPhaseInput } from './run-phase.ts';

const answer = sampleMessage('a1', { parentId: 'u1', status: 'streaming', text: 'be' });
const phaseOf = (given: Partial<RunPhaseInput>) =>
  runPhase({
    run: sampleRun(),
    messages: [answer],
    sending: false,
    stopping: false,
    disconnected: false,
    offline: false,
    ...given,
  });
const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;

describe('runPhase', () => {
  it('tells a turn from sending to writing', () => {
    expect(phaseOf({ run: null, sending: true })).toEqual({ kind: 'sending' });
    expect(phaseOf({ run: sampleRun({ status: 'pending' }), messages: [] })).toEqual({ kind: 'waiting' });
    expect(phaseOf({ messages: [sampleMessage('a1', { status: 'streaming' })] })).toEqual({ kind: 'waiting' });
    expect(phaseOf({})).toEqual({ kind: 'writing' });
  });

  it('tells thinking and tools from writing', () => {
    const writing = (parts: ChatMessage['parts']) => phaseOf({ messages: [{ ...answer, parts }] });
    const thought = { type: 'reasoning', text: 'hm' } as const;
    const call = { type: 'dynamic-tool', toolName: 'look_up', toolCallId: 'c1', input: {} } as const;
    expect(writing([{ ...thought, state: 'streaming' }])).toEqual({ kind: 'thinking' });
    expect(writing([{ ...thought, state: 'done' }])).toEqual({ kind: 'writing' });
    expect(writing([{ ...call, state: 'input-available' }])).toEqual({ kind: 'usingTool', tool: 'look_up' });
    expect(writing([{ ...call, state: 'output-available', output: 1 }])).toEqual({ kind: 'writing' });
  });

  it('waits for the first word of a run that continues an answer, whatever stood before', () => {
    expect(phaseOf({ run: sampleRun({ baseParts: answer.parts }) })).toEqual({ kind: 'waiting' });
  });

  it('tells how a turn ended', () => {
    expect(phaseOf({ run: sampleRun({ status: 'succeeded', finishedAt: at(5) }) })).toEqual({ kind: 'idle' });
    expect(phaseOf({ run: sampleRun({ status: 'aborted', finishedAt: at(5) }) })).toEqual({ kind: 'stopped' });
    const error = { code: 'PROVIDER_CUT', message: 'It broke off.' } as const;
    expect(phaseOf({ run: sampleRun({ status: 'failed', finishedAt: at(5), error }) })).toEqual({
      kind: 'failed',
      code: 'PROVIDER_CUT',
    });
  });

  it('is stopping from the click until the run has settled', () => {
    expect(phaseOf({ stopping: true, disconnected: true })).toEqual({ kind: 'stopping' });
    expect(phaseOf({ run: sampleRun({ stopRequestedAt: at(3) }) })).toEqual({ kind: 'stopping' });
  });

  it('is interrupted until a worker has taken the run up, and resumed from then on', () => {
    expect(phaseOf({ run: sampleRun({ interruptedAt: at(2) }) })).toEqual({ kind: 'interrupted' });
    expect(phaseOf({ run: sampleRun({ interruptedAt: at(4), resumedAt: at(3) }) })).toEqual({ kind: 'interrupted' });
    expect(phaseOf({ run: sampleRun({ interruptedAt: at(2), resumedAt: at(5) }) })).toEqual({
      kind: 'resumed',
      afterSeconds: 3,
    });
  });

  it('is reconnecting while events are missing', () => {
    expect(phaseOf({ disconnected: true })).toEqual({ kind: 'reconnecting' });
    expect(phaseOf({ run: null, disconnected: true })).toEqual({ kind: 'reconnecting' });
  });

  it('is offline where the browser knows why events are missing, and says whether an answer goes on', () => {
    expect(phaseOf({ offline: true })).toEqual({ kind: 'writing' });
    expect(phaseOf({ disconnected: true, offline: true })).toEqual({ kind: 'offline', goesOn: true });
    expect(phaseOf({ run: null, disconnected: true, offline: true })).toEqual({ kind: 'offline', goesOn: false });
    expect(phaseOf({ sending: true, disconnected: true, offline: true })).toEqual({ kind: 'offline', goesOn: true });
  });
});
