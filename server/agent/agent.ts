import type { FinishReason } from 'ai';
import { isTextType } from '#domain/file-limits';
import type { Agent, AgentEvent, AgentInput } from '#server/runs/agent';
import { createDeltaLane } from './delta-lane.ts';
import { createLaneFetch } from './lane-fetch.ts';
import { isAnswered, runModelLoop } from './model-loop.ts';
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
 * `beginStep`, `readFiles` or `runTool` rejects, with an error that is that very reason. Cancelling the stream aborts the
 * provider's request.
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
  const gate = createGate(ending);
  const beginStep = gate.guard(input.beginStep);
  const runTool = gate.guard(input.runTool);
  const readFiles = gate.guard(input.readFiles);
  try {
    yield* converse(parts, { ...input, abortSignal, beginStep, runTool, readFiles });
  } catch (error) {
    if (abortSignal.aborted) return;
    // Whoever hears of the failure may never ask again: what is still open ends here.
    ending.abort();
    yield failureOf(parts, input, error);
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
  const lane = createDeltaLane(input.takeDelta);
  const model = parts.models.resolve(input.model, createLaneFetch(lane));
  yield* runModelLoop({ model, tools: parts.tools, lane }, input);
}

type Gate = {
  /** why the run is over for this process */
  refusal?: { reason: unknown };
  /** the same function; when it rejects, that is noted and the answer aborted */
  guard<Arguments extends unknown[], Answer>(
    ask: (...args: Arguments) => Promise<Answer>,
  ): (...args: Arguments) => Promise<Answer>;
};

/** The AI SDK makes parts of the answer of what its callbacks and tools throw, unless it was aborted before. */
function createGate(ending: AbortController): Gate {
  const gate: Gate = {
    guard: (ask) => async (...args) => {
      try {
        return await ask(...args);
      } catch (reason) {
        gate.refusal ??= { reason };
        ending.abort(reason);
        throw reason;
      }
    },
  };
  return gate;
}

function failureOf({ models, log }: AgentParts, { runId, model, messages }: AgentInput, error: unknown): AgentEvent {
  const found = classifyProviderError(error, models.secrets);
  // Providers have no common way to say that a model takes no such files.
  const code = found.code === 'PROVIDER_REJECTED' && holdFiles(messages) ? 'FILES_REJECTED' : found.code;
  const { detail } = found;
  log.warn({ runId, model, code, detail }, 'the model call failed');
  return { kind: 'failure', code, detail };
}

/** Text is read by every model. */
const holdFiles = (messages: AgentInput['messages']): boolean =>
  messages.some(({ parts }) => parts.some((part) => part.type === 'file' && !isTextType(part.mediaType)));
