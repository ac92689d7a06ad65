import type { AgentInput } from '#server/runs/agent';
import { runToolAtOnce } from './run-tool-at-once.ts';

/** What an agent is asked that has nothing behind it: one question, nobody who interrupts, nothing taken ahead. */
export function agentInput(text: string, more: Partial<AgentInput> = {}): AgentInput {
  return {
    runId: 'run',
    model: 'openai-compatible:scripted',
    config: {},
    messages: [{ id: 'question', role: 'user', parts: [{ type: 'text', text }] }],
    readFiles: async () => [],
    completedSteps: [],
    abortSignal: new AbortController().signal,
    openCall: null,
    beginStep: async () => {},
    takeDelta: () => false,
    runTool: runToolAtOnce,
    ...more,
  };
}
