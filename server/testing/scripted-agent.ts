/** An agent that says what the test tells it to, when it is told. */
import type { Chunk } from '#domain/message-view';
import type { Agent, AgentEvent, AgentInput, CompletedStep, ModelCall } from '#server/runs/agent';

export type Turn = {
  input: AgentInput;
  say(...chunks: Chunk[]): void;
  /** One text part, opened, filled and closed. */
  sayText(text: string): void;
  /** Begin a step as the agent does: asks first. */
  beginStep(): Promise<void>;
  /** The model has called these tools: says the calls as chunks and then, as the agent does, the recorded call. */
  callTools(...names: string[]): void;
  endStep(step?: Partial<CompletedStep>): void;
  fail(failure: Omit<Extract<AgentEvent, { kind: 'failure' }>, 'kind'>): void;
  throwUp(error: Error): void;
  /** Begin, say, end: a whole answer of one step. */
  answer(text: string): Promise<void>;
  end(): void;
};

export type ScriptedAgent = Agent & {
  /** The next turn of this run that begins, or has begun and was not asked for yet. */
  nextTurn(runId: string): Promise<Turn>;
};

export function createScriptedAgent(): ScriptedAgent {
  const begun: Turn[] = [];
  const waiting: Array<{ runId: string; resolve: (turn: Turn) => void }> = [];
  return {
    nextTurn: (runId) =>
      new Promise((resolve) => {
        const i = begun.findIndex((turn) => turn.input.runId === runId);
        const [turn] = i === -1 ? [] : begun.splice(i, 1);
        if (turn) resolve(turn);
        else waiting.push({ runId, resolve });
      }),
    stream(input) {
      return new ReadableStream<AgentEvent>({
        start(controller) {
          const turn = createTurn(input, controller);
          const i = waiting.findIndex(({ runId }) => runId === input.runId);
          const [waiter] = i === -1 ? [] : waiting.splice(i, 1);
          if (waiter) waiter.resolve(turn);
          else begun.push(turn);
        },
      });
    },
  };
}

const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 } as CompletedStep['usage'];

function modelCall(calls: Array<{ toolCallId: string; toolName: string }>): ModelCall {
  return {
    content: calls.map((call) => ({ type: 'tool-call', ...call, input: '{}' })),
    finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
    usage: {
      inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 7, text: 7, reasoning: 0 },
    },
  };
}

function createTurn(input: AgentInput, controller: ReadableStreamDefaultController<AgentEvent>): Turn {
  let parts = 0;
  const turn: Turn = {
    input,
    say(...chunks) {
      for (const chunk of chunks) controller.enqueue({ kind: 'chunk', chunk });
    },
    sayText(text) {
      const id = `t${++parts}`;
      turn.say({ type: 'text-start', id }, { type: 'text-delta', id, delta: text }, { type: 'text-end', id });
    },
    async beginStep() {
      await input.beginStep().catch((refusal: unknown) => {
        controller.error(refusal);
        throw refusal;
      });
      turn.say({ type: 'start-step' });
    },
    callTools(...names) {
      const calls = names.map((toolName, i) => ({ toolCallId: `${toolName}-${i + 1}`, toolName }));
      for (const call of calls) turn.say({ type: 'tool-input-available', ...call, input: {} });
      controller.enqueue({ kind: 'call', call: modelCall(calls) });
    },
    endStep(step) {
      controller.enqueue({
        kind: 'step',
        chunk: { type: 'finish-step' },
        step: { responseMessages: [{ role: 'assistant', content: 'said' }], finishReason: 'stop', usage, ...step },
      });
    },
    fail: (failure) => controller.enqueue({ kind: 'failure', ...failure }),
    throwUp: (error) => controller.error(error),
    async answer(text) {
      turn.say({ type: 'start' });
      await turn.beginStep();
      turn.sayText(text);
      turn.endStep();
      turn.say({ type: 'finish' });
      turn.end();
    },
    end: () => controller.close(),
  };
  return turn;
}
