import type { LanguageModelV4, LanguageModelV4StreamPart as Part } from '@ai-sdk/provider';
import type { ModelCall } from '#server/runs/agent';
import { createCallContent, partsOfContent } from './call-content.ts';

/** Travels as a `raw` part through the AI SDK, which drops such parts from the answer but keeps their place. */
class EndedCall {
  readonly call: ModelCall;
  constructor(call: ModelCall) {
    this.call = call;
  }
}

/**
 * A model that says when a call of it has ended that asks for our tools: by a `raw` part (read it with endedCallOf)
 * after all that the call says and before the AI SDK starts the first of the tools.
 *
 * @param openCall the first call is answered with this record; the provider is not asked
 */
export function withRecordedCalls(model: LanguageModelV4, openCall: ModelCall | null): LanguageModelV4 {
  let unsaid = openCall;
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    doStream: async (options) => {
      if (unsaid !== null) {
        const stream = streamOf(replay(unsaid));
        unsaid = null;
        return { stream };
      }
      // Our own raw part needs the AI SDK to let raw parts through; the provider's would double every token.
      const result = await model.doStream({ ...options, includeRawChunks: false });
      const offersTools = options.tools !== undefined && options.tools.length > 0;
      return offersTools ? { ...result, stream: withEndedCall(result.stream) } : result;
    },
  };
}

/** The model call that has ended at this part of the AI SDK's stream; undefined for every other part. */
export function endedCallOf(part: { type: string; rawValue?: unknown }): ModelCall | undefined {
  return part.type === 'raw' && part.rawValue instanceof EndedCall ? part.rawValue.call : undefined;
}

/** Every token passes here: a stream that pulls has one side to look after, a TransformStream two. */
function withEndedCall(stream: ReadableStream<Part>): ReadableStream<Part> {
  const reader = stream.getReader();
  const gathered = createCallContent();
  return new ReadableStream<Part>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (value.type !== 'finish') gathered.add(value);
        else if (startsTools(value, gathered.content)) {
          const { finishReason, usage } = value;
          controller.enqueue(toEndedCall({ content: gathered.content, finishReason, usage }));
        }
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** The AI SDK starts no tool after any other reason, for example when the answer was cut at its longest. */
function startsTools({ finishReason }: Extract<Part, { type: 'finish' }>, content: ModelCall['content']): boolean {
  if (finishReason.unified !== 'stop' && finishReason.unified !== 'tool-calls') return false;
  return content.some((part) => part.type === 'tool-call' && part.providerExecuted !== true);
}

function toEndedCall(call: ModelCall): Part {
  // What the provider package made may hold more than JSON knows; its record must be the same before and after.
  return { type: 'raw', rawValue: new EndedCall(JSON.parse(JSON.stringify(call)) as ModelCall) };
}

function* replay(call: ModelCall): Generator<Part> {
  yield { type: 'stream-start', warnings: [] };
  yield* partsOfContent(call.content);
  yield toEndedCall(call);
  yield { type: 'finish', finishReason: call.finishReason, usage: call.usage };
}

function streamOf(parts: Generator<Part>): ReadableStream<Part> {
  return new ReadableStream<Part>(
    {
      pull(controller) {
        const { done, value } = parts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}
