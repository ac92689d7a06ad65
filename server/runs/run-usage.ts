/**
 * What a run has cost in tokens. Providers tell it at the end of a call and not at all of one that is aborted or whose
 * process has died; those are reckoned from the length of the texts, and the sum is marked as an estimate. Pure.
 */
import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { LanguageModelUsage } from 'ai';
import type { Chunk } from '#domain/message-view';
import type { RunUsage } from '#domain/run-view';

/** Of English text in current tokenizers; other languages and code have more tokens. */
const charactersPerToken = 4;

export type RunSpending = {
  /** the whole journal of the run */
  chunks: readonly Chunk[];
  /** what was reported for the completed steps, in order */
  steps: readonly Partial<LanguageModelUsage>[];
  /** what was reported for a call that ended in a step that did not */
  openCall: Partial<LanguageModelV4Usage> | null;
  /** length of what the first call was asked with, in characters; asked for only when it is needed */
  measurePrompt: () => Promise<number>;
};

type Tokens = { input: number | undefined; output: number | undefined };
type Call = { characters: number; reported: Tokens | undefined };

/** @returns null when no call has said anything */
export async function reckonUsage(spending: RunSpending): Promise<RunUsage | null> {
  const calls = callsOf(spending);
  if (calls.length === 0) return null;
  let promptTokens: number | undefined;
  const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0, estimated: false };
  for (const { characters, reported } of calls) {
    promptTokens ??= reported?.input ?? Math.ceil((await spending.measurePrompt()) / charactersPerToken);
    const input = reported?.input ?? promptTokens;
    const output = reported?.output ?? Math.ceil(characters / charactersPerToken);
    usage.inputTokens += input;
    usage.outputTokens += output;
    usage.totalTokens += input + output;
    usage.estimated ||= reported?.input === undefined || reported.output === undefined;
    // A step's prompt is the one before with its answer; a call that broke off leaves nothing in the next prompt.
    if (reported) promptTokens = input + output;
  }
  return usage;
}

/** The model calls that left something in the journal, with what was reported of each. */
function callsOf({ chunks, steps, openCall }: RunSpending): Call[] {
  const calls: Call[] = [];
  let characters = 0;
  let completed = 0;
  for (const chunk of chunks) {
    characters += lengthOf(chunk);
    if (chunk.type === 'finish-step') {
      const { inputTokens, outputTokens } = steps[completed++] ?? {};
      calls.push({ characters, reported: { input: inputTokens, output: outputTokens } });
      characters = 0;
    } else if (chunk.type === 'reset-step') {
      if (characters > 0) calls.push({ characters, reported: undefined });
      characters = 0;
    }
  }
  const reported = openCall && { input: openCall.inputTokens?.total, output: openCall.outputTokens?.total };
  if (reported || characters > 0) calls.push({ characters, reported: reported ?? undefined });
  return calls;
}

/** Characters that the model wrote. */
function lengthOf(chunk: Chunk): number {
  switch (chunk.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return chunk.delta.length;
    case 'tool-input-delta':
      return chunk.inputTextDelta.length;
    default:
      return 0;
  }
}
