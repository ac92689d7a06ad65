import type { LanguageModelV4Content, LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { JSONValue, LanguageModelUsage, ModelMessage } from 'ai';
import type { ChatMessage, Chunk } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';
import type { ExecuteTool, ToolOutcome, ToolStart } from './tool-call.ts';

/** A completed step: one model call with the results of its tools. */
export type CompletedStep = {
  /** what the next step's prompt needs */
  responseMessages: ModelMessage[];
  finishReason: string;
  usage: LanguageModelUsage;
};

/** A model call that has ended and asked for tools, as the provider package said it. JSON throughout. */
export type ModelCall = {
  /** text, reasoning, tool calls and the like, in their order */
  content: LanguageModelV4Content[];
  finishReason: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
};

/** A file of a message. */
export type AgentFile = { id: string; bytes: Buffer };

export type AgentInput = {
  runId: string;
  /** "provider:model" */
  model: string;
  /** model options frozen at the start of the run */
  config: Record<string, JSONValue>;
  /** the branch up to and including the question, oldest first */
  messages: ChatMessage[];
  /**
   * The bytes of files that the messages hold, those asked for first as far as a model can be sent them; the others are
   * left out. A rejection means: this run is over for this process.
   */
  readFiles: (fileIds: readonly string[]) => Promise<AgentFile[]>;
  /** what earlier attempts completed; never asked of the model again */
  completedSteps: CompletedStep[];
  /** the call of the step after those, when an earlier attempt was lost between it and the end of the step */
  openCall: ModelCall | null;
  /** aborts the provider's request and every tool */
  abortSignal: AbortSignal;
  /** awaited before each model call; a rejection means: this run must not begin another step */
  beginStep: () => Promise<void>;
  /**
   * Run a tool of the model call that was said last (or of openCall): starts it, or answers with what an earlier
   * attempt recorded. A rejection means: this run is over for this process.
   */
  runTool: (call: ToolStart, execute: ExecuteTool) => Promise<ToolOutcome>;
  /**
   * Say more of a part that is open ahead of the stream, in the same call that has learnt of it. False: not now (the run
   * is over here, or the journal cannot keep up), let it come in the stream.
   */
  takeDelta: (chunk: DeltaChunk) => boolean;
};

export type DeltaChunk = Extract<Chunk, { type: 'text-delta' | 'reasoning-delta' }>;

/**
 * What an agent says, in order. A `finish-step` chunk carries its completed step. Trouble of the provider is the
 * last event, not an exception; an `error` or `abort` chunk is never sent, the heart writes those.
 */
export type AgentEvent =
  | { kind: 'chunk'; chunk: Chunk }
  /** said after the last chunk of a model call that asks for tools, and before any of their results */
  | { kind: 'call'; call: ModelCall }
  | { kind: 'step'; chunk: Extract<Chunk, { type: 'finish-step' }>; step: CompletedStep }
  | { kind: 'failure'; code: RunErrorCode; detail: string };

/** Whoever answers: given to the worker by worker-main. */
export type Agent = { stream(input: AgentInput): ReadableStream<AgentEvent> };
