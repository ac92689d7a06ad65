import type { JSONValue, LanguageModelUsage, ModelMessage } from 'ai';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';

/** A completed step: one model call with the results of its tools. */
export type CompletedStep = {
  /** what the next step's prompt needs */
  responseMessages: ModelMessage[];
  finishReason: string;
  usage: LanguageModelUsage;
};

export type AgentInput = {
  runId: string;
  /** "provider:model" */
  model: string;
  /** model options frozen at the start of the run */
  config: Record<string, JSONValue>;
  /** the branch up to and including the question, oldest first */
  messages: ChatMessage[];
  /** what earlier attempts completed; never asked of the model again */
  completedSteps: CompletedStep[];
  /** aborts the provider's request and every tool */
  abortSignal: AbortSignal;
  /** awaited before each model call; a rejection means: this run must not begin another step */
  beginStep: () => Promise<void>;
};

/**
 * What an agent says, in order. A `finish-step` chunk carries its completed step. Trouble of the provider is the
 * last event, not an exception; an `error` or `abort` chunk is never sent, the heart writes those.
 */
export type AgentEvent =
  | { kind: 'chunk'; chunk: Chunk }
  | { kind: 'step'; chunk: Extract<Chunk, { type: 'finish-step' }>; step: CompletedStep }
  | { kind: 'failure'; code: RunErrorCode; detail: string };

/** Whoever answers: given to the worker by worker-main. */
export type Agent = { stream(input: AgentInput): ReadableStream<AgentEvent> };
