import { setTimeout as delay } from 'node:timers/promises';
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4Prompt,
  type LanguageModelV4StreamPart,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { readFileHeader } from './file-texts.ts';
import { type DemoPiece, type DemoQuestion, demoStep, readWishes } from './demo-script.ts';

export const demoModelId = 'demo:demo';

const wordPauseMs = 25;
const slowWordPauseMs = 100;

/** Waits between two words; rejects at once when the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;

const realPause: Pause = async (milliseconds, signal) => {
  await delay(milliseconds, undefined, { signal });
};

/**
 * A language model without a language model: it answers from a script, so that everything can be tried offline.
 * Words in the last message steer it (demo-script.ts). Deterministic but for the pace and what the tools say.
 *
 * @param pause only tests give another one
 */
export function createDemoModel(pause: Pause = realPause): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'demo',
    modelId: 'demo',
    supportedUrls: {},
    doGenerate: async () => {
      throw new UnsupportedFunctionalityError({ functionality: 'the demo model only streams' });
    },
    doStream: async (options) => {
      const parts = speak(options, pause);
      return {
        stream: new ReadableStream<LanguageModelV4StreamPart>(
          {
            async pull(controller) {
              const { done, value } = await parts.next();
              if (done) controller.close();
              else controller.enqueue(value);
            },
          },
          { highWaterMark: 0 },
        ),
      };
    },
  };
}

async function* speak(options: LanguageModelV4CallOptions, pause: Pause): AsyncGenerator<LanguageModelV4StreamPart> {
  const { prompt, abortSignal } = options;
  const question = readQuestion(prompt);
  const offered = new Set((options.tools ?? []).map(({ name }) => name));
  const pieces = demoStep(question).filter((piece) => piece.kind !== 'tool' || offered.has(piece.toolName));
  const pauseMs = question.wishes.slowly ? slowWordPauseMs : wordPauseMs;
  let words = 0;

  yield { type: 'stream-start', warnings: [] };
  for (const [index, piece] of pieces.entries()) {
    for (const part of partsOf(piece, { id: `${prompt.length}-${index}` })) {
      abortSignal?.throwIfAborted();
      yield part;
      if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') continue;
      words += 1;
      await pause(pauseMs, abortSignal);
    }
    if (piece.kind === 'breakdown') return;
  }
  yield finish({ inputTokens: countWords(wordsOf(prompt)), outputTokens: words, pieces });
}

function* partsOf(piece: DemoPiece, { id }: { id: string }): Generator<LanguageModelV4StreamPart> {
  if (piece.kind === 'breakdown') {
    yield { type: 'error', error: breakdown() };
  } else if (piece.kind === 'tool') {
    const toolCallId = `demo-${id}`;
    const input = JSON.stringify(piece.input);
    yield { type: 'tool-input-start', id: toolCallId, toolName: piece.toolName };
    yield { type: 'tool-input-delta', id: toolCallId, delta: input };
    yield { type: 'tool-input-end', id: toolCallId };
    yield { type: 'tool-call', toolCallId, toolName: piece.toolName, input };
  } else {
    yield { type: `${piece.kind}-start`, id };
    for (const delta of piece.text.match(/\S+\s*/g) ?? []) yield { type: `${piece.kind}-delta`, id, delta };
    yield { type: `${piece.kind}-end`, id };
  }
}

function finish(step: { inputTokens: number; outputTokens: number; pieces: DemoPiece[] }): LanguageModelV4StreamPart {
  const reason = step.pieces.some((piece) => piece.kind === 'tool') ? 'tool-calls' : 'stop';
  return {
    type: 'finish',
    finishReason: { unified: reason, raw: reason },
    usage: {
      inputTokens: { total: step.inputTokens, noCache: step.inputTokens, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: step.outputTokens, text: step.outputTokens, reasoning: 0 },
    },
  };
}

function readQuestion(prompt: LanguageModelV4Prompt): DemoQuestion {
  const last = prompt.findLastIndex(({ role }) => role === 'user');
  const message = prompt[last];
  const content = message?.role === 'user' ? message.content : [];
  const files = content.flatMap(fileOf);
  const text = content.map((part) => (part.type === 'text' && !readFileHeader(part.text) ? part.text : ''));
  const toolResults = prompt
    .slice(last + 1)
    .flatMap((answer) => (answer.role === 'tool' ? answer.content : []))
    .filter((part) => part.type === 'tool-result')
    .map(({ toolName, output }) => ({ toolName, output: 'value' in output ? shortText(output.value) : output.type }));
  return { wishes: readWishes(text.join(' ')), files, toolResults };
}

/** What a tool said, as a word or two of the answer. */
function shortText(value: unknown): string {
  const { local, result } = Object(value) as { local?: string; result?: string };
  return local ?? result ?? String(value);
}

function breakdown(): APICallError {
  return new APICallError({
    message: 'The demo model was asked to fail, and did.',
    url: 'demo:',
    requestBodyValues: {},
    statusCode: 503,
  });
}

type UserPart = Extract<LanguageModelV4Prompt[number], { role: 'user' }>['content'][number];

function fileOf(part: UserPart): DemoQuestion['files'] {
  if (part.type === 'file') return [{ name: part.filename ?? 'file', mediaType: part.mediaType }];
  const file = readFileHeader(part.text);
  return file ? [file] : [];
}

/** All that is said in words; bytes have none. */
function wordsOf(prompt: LanguageModelV4Prompt): string {
  const contents: readonly (string | readonly { type: string }[])[] = prompt.map(({ content }) => content);
  const worded = contents.map((said) => (typeof said === 'string' ? said : said.filter(({ type }) => type !== 'file')));
  return JSON.stringify(worded);
}

function countWords(text: string): number {
  return text.split(/\s+/).length;
}
