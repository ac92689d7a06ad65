import { InvalidResponseDataError, type LanguageModelV4 } from '@ai-sdk/provider';
import {
  convertToModelMessages,
  isStepCount,
  streamText,
  type TextStreamPart,
  type ToolSet,
  type ToUIMessageChunkOptions,
  toUIMessageChunk,
} from 'ai';
import { z } from 'zod';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { AgentEvent, AgentInput, CompletedStep } from '#server/runs/agent';
import type { DeltaLane } from './delta-lane.ts';
import { fillInFiles } from './file-contents.ts';
import { endedCallOf, withRecordedCalls } from './recorded-model.ts';
import { type AgentTools, toToolSet } from './tools.ts';

/** Model calls of one answer, over all attempts. */
const maxSteps = 20;

/** What a run's config may say about the calls. */
const callOptions = z
  .object({ temperature: z.number(), maxOutputTokens: z.int().positive(), maxRetries: z.int().min(0) })
  .partial();

export type LoopParts = {
  model: LanguageModelV4;
  tools: AgentTools;
  /** what goes ahead of the model's own way */
  lane: DeltaLane;
};

type EndedStep = CompletedStep & { rawFinishReason: string | undefined };

/** The parts of an answer, and beside each `finish-step` part what the AI SDK has made of that step. */
type Answer = {
  parts: AsyncIterable<TextStreamPart<ToolSet>>;
  nextStep: () => Promise<EndedStep | undefined>;
  chunkOptions: ToUIMessageChunkOptions<ToolSet, ChatMessage>;
};

/** Whether nothing is left to ask: the last completed step called no tool, or the steps are used up. */
export function isAnswered(completedSteps: readonly CompletedStep[]): boolean {
  const last = completedSteps.at(-1);
  if (last === undefined) return false;
  return last.responseMessages.at(-1)?.role !== 'tool' || completedSteps.length >= maxSteps;
}

/**
 * Ask the model, let it use its tools and ask again, from where `input` ends: its completed steps, then its open call.
 *
 * @throws the provider's error, as it is
 */
export async function* runModelLoop(
  { model, tools, lane }: LoopParts,
  input: AgentInput,
): AsyncGenerator<AgentEvent> {
  const { parts, nextStep, chunkOptions } = await ask(model, tools, input);
  const invalidCalls = new Set<string>();
  // What was said before the call was recorded stands in the journal.
  let isReplay = input.openCall !== null;
  for await (const part of parts) {
    if (part.type === 'abort') return;
    if (part.type === 'error') throw part.error;
    const call = endedCallOf(part);
    if (call !== undefined && !isReplay) yield { kind: 'call', call };
    if (call !== undefined) isReplay = false;
    if (isReplay) continue;
    // The chunk of an invalid call says already what is wrong with it.
    if (part.type === 'tool-call' && part.invalid === true) invalidCalls.add(part.toolCallId);
    if (part.type === 'tool-error' && invalidCalls.delete(part.toolCallId)) continue;
    const chunk = toUIMessageChunk<ToolSet, ChatMessage>(part, chunkOptions);
    if (chunk === undefined) continue;
    if (chunk.type === 'finish-step') yield { kind: 'step', chunk, step: wholeStep(await nextStep()) };
    else yield* sayUnlessSaid(chunk, lane);
  }
}

/** Whoever reads asks for the next event when he has dealt with this one. */
function* sayUnlessSaid(chunk: Chunk, lane: DeltaLane): Generator<AgentEvent> {
  switch (chunk.type) {
    case 'text-start':
    case 'reasoning-start':
      yield { kind: 'chunk', chunk };
      return lane.open(chunk.type === 'text-start' ? 'text' : 'reasoning', chunk.id);
    case 'text-delta':
    case 'reasoning-delta': {
      const delta = lane.receive(chunk.delta);
      // Providers sign what they have thought in a delta that says nothing.
      const holdsMore = chunk.delta === '' || chunk.providerMetadata !== undefined;
      if (delta !== '' || holdsMore) yield { kind: 'chunk', chunk: { ...chunk, delta } };
      return lane.said(chunk.id, delta);
    }
    case 'text-end':
    case 'reasoning-end':
      lane.end(chunk.id);
      yield { kind: 'chunk', chunk };
      return;
    default:
      yield { kind: 'chunk', chunk };
  }
}

async function ask(model: LanguageModelV4, agentTools: AgentTools, input: AgentInput): Promise<Answer> {
  const tools = toToolSet(agentTools, input.runTool);
  const { messages, convertDataPart } = await fillInFiles(input);
  const history = await convertToModelMessages(messages, { tools, ignoreIncompleteToolCalls: true, convertDataPart });
  let endedSteps!: ReadableStreamDefaultController<EndedStep>;
  const steps = new ReadableStream<EndedStep>({ start: (controller) => void (endedSteps = controller) }).getReader();
  let isBegun = input.openCall !== null;

  const { stream } = streamText({
    maxRetries: 2,
    ...callOptions.parse(input.config),
    model: withRecordedCalls(model, input.openCall),
    include: { rawChunks: true },
    tools,
    messages: [...history, ...input.completedSteps.flatMap(({ responseMessages }) => responseMessages)],
    stopWhen: isStepCount(maxSteps - input.completedSteps.length),
    abortSignal: input.abortSignal,
    prepareStep: async () => {
      if (!isBegun) await input.beginStep();
      isBegun = false;
      return undefined;
    },
    onStepEnd: ({ response, usage, finishReason, rawFinishReason }) =>
      endedSteps.enqueue({ responseMessages: response.messages, usage, finishReason, rawFinishReason }),
    // Every error is also a part of the stream; the default would print it.
    onError: () => {},
  });
  const reader = stream.getReader();
  // The `finish-step` part comes before the SDK has put the step together; if that fails, nobody else would tell.
  reader.closed.catch((error) => endedSteps.error(error));

  const chunkOptions = {
    tools,
    sendReasoning: true,
    sendSources: true,
    sendStart: input.completedSteps.length === 0,
    redactToolErrors: false,
    onError: () => 'The tool failed.',
  };
  return { parts: readAll(reader), nextStep: async () => (await steps.read()).value, chunkOptions };
}

/** Not every provider package reports a stream that ends without saying why; some leave only these traces. */
function wholeStep(ended: EndedStep | undefined): CompletedStep {
  const isCut = ended?.rawFinishReason === undefined && ['other', 'interrupted'].includes(ended?.finishReason ?? '');
  if (ended === undefined || isCut || ended.finishReason === 'error') {
    throw new InvalidResponseDataError({ data: ended?.finishReason, message: 'The answer ended without a reason.' });
  }
  const { responseMessages, usage, finishReason } = ended;
  return { responseMessages, usage, finishReason };
}

async function* readAll<Part>(reader: ReadableStreamDefaultReader<Part>): AsyncGenerator<Part> {
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
