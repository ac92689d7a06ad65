import { InvalidResponseDataError } from '@ai-sdk/provider';
import { convertToModelMessages, isStepCount, type LanguageModel, streamText, toUIMessageStream } from 'ai';
import { z } from 'zod';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { AgentInput, CompletedStep } from '#server/runs/agent';
import { type AgentTools, toToolSet } from './tools.ts';

/** Model calls of one answer, over all attempts. */
const maxSteps = 20;

/** What a run's config may say about the calls. */
const callOptions = z
  .object({ temperature: z.number(), maxOutputTokens: z.int().positive(), maxRetries: z.int().min(0) })
  .partial();

export type ModelLoop = {
  /** the answer; after an `error` chunk, error() tells the reason */
  chunks: AsyncIterable<Chunk>;
  /** what belongs to the `finish-step` chunk that was just read; rejects when the provider broke off in that step */
  nextStep(): Promise<CompletedStep>;
  error(): unknown;
};

type EndedStep = CompletedStep & { rawFinishReason: string | undefined };

/** Whether nothing is left to ask: the last completed step called no tool, or the steps are used up. */
export function isAnswered(completedSteps: readonly CompletedStep[]): boolean {
  const last = completedSteps.at(-1);
  if (last === undefined) return false;
  return last.responseMessages.at(-1)?.role !== 'tool' || completedSteps.length >= maxSteps;
}

/** Ask the model, let it use its tools and ask again, from where the completed steps of `input` end. */
export async function startModelLoop(
  model: LanguageModel,
  agentTools: AgentTools,
  input: AgentInput,
): Promise<ModelLoop> {
  const tools = toToolSet(agentTools);
  const history = await convertToModelMessages(input.messages, { tools, ignoreIncompleteToolCalls: true });
  let endedSteps!: ReadableStreamDefaultController<EndedStep>;
  const steps = new ReadableStream<EndedStep>({ start: (controller) => void (endedSteps = controller) }).getReader();
  let lastError: unknown;

  const { stream } = streamText({
    maxRetries: 2,
    ...callOptions.parse(input.config),
    model,
    tools,
    messages: [...history, ...input.completedSteps.flatMap(({ responseMessages }) => responseMessages)],
    stopWhen: isStepCount(maxSteps - input.completedSteps.length),
    abortSignal: input.abortSignal,
    prepareStep: async () => {
      await input.beginStep();
      return undefined;
    },
    onStepEnd: ({ response, usage, finishReason, rawFinishReason }) =>
      endedSteps.enqueue({ responseMessages: response.messages, usage, finishReason, rawFinishReason }),
    // Every error is also a part of the stream; the default would print it.
    onError: () => {},
  });
  const reader = toUIMessageStream<typeof tools, ChatMessage>({
    stream,
    tools,
    sendReasoning: true,
    sendSources: true,
    sendStart: input.completedSteps.length === 0,
    redactToolErrors: false,
    onError: (error) => {
      lastError = error;
      return 'The tool failed.';
    },
  }).getReader();
  // The `finish-step` chunk comes before the SDK has put the step together; if that fails, nobody else would tell.
  reader.closed.catch((error) => endedSteps.error(error));

  const nextStep = async () => wholeStep((await steps.read()).value);
  return { chunks: readAll(reader), nextStep, error: () => lastError };
}

/** Not every provider package reports a stream that ends without saying why; some leave only these traces. */
function wholeStep(ended: EndedStep | undefined): CompletedStep {
  const isCut = ended?.finishReason === 'other' && ended.rawFinishReason === undefined;
  if (ended === undefined || isCut || ended.finishReason === 'error') {
    throw new InvalidResponseDataError({ data: ended?.finishReason, message: 'The answer ended without a reason.' });
  }
  const { responseMessages, usage, finishReason } = ended;
  return { responseMessages, usage, finishReason };
}

async function* readAll(reader: ReadableStreamDefaultReader<Chunk>): AsyncGenerator<Chunk> {
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
