import type { FinishReason } from 'ai';
import type { Agent, AgentEvent, AgentInput } from '#server/runs/agent';
import { isAnswered, startModelLoop } from './model-loop.ts';
import type { Models } from './models.ts';
import { classifyProviderError } from './provider-errors.ts';
import type { AgentTools } from './tools.ts';

export type AgentParts = {
  models: Pick<Models, 'resolve' | 'secrets'>;
  tools: AgentTools;
  log: { warn(fields: object, message: string): void };
};

/**
 * The agent that asks a language model, lets it use tools and asks again, step by step.
 *
 * Its stream ends with a `finish` chunk, with a `failure`, silently once `abortSignal` is aborted, or, when
 * `beginStep` rejects, with an error that is that very reason. Cancelling the stream aborts the provider's request.
 */
export function createAgent(parts: AgentParts): Agent {
  return {
    stream(input) {
      const ending = new AbortController();
      const events = answer(parts, input, ending);
      return new ReadableStream<AgentEvent>(
        {
          async pull(controller) {
            const { done, value } = await events.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
          cancel(reason) {
            ending.abort(reason);
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}

async function* answer(parts: AgentParts, input: AgentInput, ending: AbortController): AsyncGenerator<AgentEvent> {
  const abortSignal = AbortSignal.any([input.abortSignal, ending.signal]);
  const gate = refusable(input.beginStep, ending);
  try {
    yield* converse(parts, { ...input, abortSignal, beginStep: gate.beginStep });
  } catch (error) {
    if (!abortSignal.aborted) yield failureOf(parts, input, error);
  } finally {
    ending.abort();
  }
  if (gate.refusal !== undefined) throw gate.refusal.reason;
}

async function* converse(parts: AgentParts, input: AgentInput): AsyncGenerator<AgentEvent> {
  if (isAnswered(input.completedSteps)) {
    const finishReason = input.completedSteps.at(-1)?.finishReason as FinishReason;
    yield { kind: 'chunk', chunk: { type: 'finish', finishReason } };
    return;
  }
  const loop = await startModelLoop(parts.models.resolve(input.model), parts.tools, input);
  for await (const chunk of loop.chunks) {
    if (chunk.type === 'abort') return;
    if (chunk.type === 'error') throw loop.error();
    if (chunk.type !== 'finish-step') yield { kind: 'chunk', chunk };
    else yield { kind: 'step', chunk, step: await loop.nextStep() };
  }
}

/** The AI SDK turns a rejection of prepareStep into an error part like any other, so note it and abort by ourselves. */
function refusable(beginStep: AgentInput['beginStep'], ending: AbortController) {
  const gate: { refusal?: { reason: unknown }; beginStep: AgentInput['beginStep'] } = {
    async beginStep() {
      try {
        await beginStep();
      } catch (reason) {
        gate.refusal = { reason };
        ending.abort(reason);
        throw reason;
      }
    },
  };
  return gate;
}

function failureOf({ models, log }: AgentParts, { runId, model }: AgentInput, error: unknown): AgentEvent {
  const { code, detail } = classifyProviderError(error, models.secrets);
  log.warn({ runId, model, code, detail }, 'the model call failed');
  return { kind: 'failure', code, detail };
}
