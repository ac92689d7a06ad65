import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Gates } from './gates.ts';
import { type Beat, beatsOf } from './model-beats.ts';
import type { ModelScript } from './model-script.ts';

/** A chat-completions request, as far as the script looks at it. */
export type CompletionBody = {
  model: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  messages: { role: string; content: unknown }[];
  tools?: unknown[];
};

/** What the server knows of a request. Instants are ms since 1970, with fractions. */
export type ModelRequest = {
  /** counts from 1 */
  id: number;
  body: CompletionBody;
  /** text of the last message of the person */
  question: string;
  /** counts from 1: tool results since the question, plus one */
  step: number;
  beganAt: number;
  /** first piece of the answer sent */
  firstPieceAt: number | null;
  /** the client went away before the end */
  abortedAt: number | null;
  /** the server is done, in whatever way */
  endedAt: number | null;
  /** HTTP status; null while undecided */
  status: number | null;
  /** the text sent so far, exactly */
  sent: string;
};

/** Instant in ms since 1970, with fractions; the same scale in every process of the machine. */
export function instant(): number {
  return performance.timeOrigin + performance.now();
}

/** Everything an answer needs beside its script. */
export type Stage = {
  request: ModelRequest;
  response: ServerResponse;
  gates: Gates;
  /** the client is gone, or the server closes */
  signal: AbortSignal;
  /** something in `request` is different now */
  changed: () => void;
};

/** Play a script to the client. Resolves when all is said, rejects when the client goes away meanwhile. */
export async function playScript(script: ModelScript, stage: Stage): Promise<void> {
  const { request, response, gates, signal, changed } = stage;
  if (script.status !== undefined) return refuse(script, stage);
  const beganAt = performance.now();
  for (const [index, beat] of beatsOf(script, request.step, `call_${request.id}`).entries()) {
    if (script.gate !== undefined && beat.kind === 'delta') await gates.pass(script.gate, signal);
    if (script.delay !== undefined && beat.kind === 'delta') await pause(script.delay, undefined, { signal });
    if (script.rate !== undefined) await untilInstant(beganAt + (index * 1000) / script.rate, signal);
    if (beat.kind === 'hang') return void (await once(signal, 'abort'));
    if (beat.kind === 'cut') return tear(stage);
    if (!response.headersSent) begin(stage);
    if (beat.kind === 'delta') request.firstPieceAt ??= instant();
    const { data, text } = render(beat, stage);
    await send(response, data, script.bytes === true);
    request.sent += text;
    changed();
  }
  response.end();
}

async function untilInstant(at: number, signal: AbortSignal): Promise<void> {
  const remainingMs = at - performance.now();
  if (remainingMs > 0) await pause(remainingMs, undefined, { signal });
}

function tear({ request, response }: Stage): void {
  request.endedAt = instant();
  response.destroy();
}

function refuse(script: ModelScript, { request, response, changed }: Stage): void {
  request.status = script.status ?? 500;
  response.writeHead(request.status, {
    'content-type': 'application/json',
    ...(script.retryAfter === undefined ? {} : { 'retry-after': String(script.retryAfter) }),
    ...(script.retryAfterMs === undefined ? {} : { 'retry-after-ms': String(script.retryAfterMs) }),
  });
  const usualMessage = `scripted ${request.status} for model ${request.body.model}`;
  const message = script.message?.replaceAll('_', ' ') ?? usualMessage;
  response.end(JSON.stringify({ error: { message, type: 'scripted', code: request.status } }));
  changed();
}

function begin({ request, response }: Stage): void {
  request.status = 200;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
}

function render(beat: Beat, stage: Stage): { data: string; text: string } {
  switch (beat.kind) {
    case 'delta': {
      if (!beat.stamp) return { data: frame(chunk(stage, [{ index: 0, delta: beat.delta }])), text: beat.text };
      const text = `${instant()} `;
      return { data: frame(chunk(stage, [{ index: 0, delta: { content: text } }])), text };
    }
    case 'finish': {
      const end = frame(chunk(stage, [{ index: 0, delta: {}, finish_reason: beat.reason }]));
      return { data: `${end}${usage(stage)}data: [DONE]\n\n`, text: '' };
    }
    case 'malformed':
      return { data: 'data: {"choices": [{"delta": {"content": "half\n\n', text: '' };
    case 'error':
      return { data: frame({ error: { message: 'scripted overload', type: 'server_error' } }), text: '' };
    default:
      return { data: '', text: '' };
  }
}

function usage(stage: Stage): string {
  const { body, sent } = stage.request;
  if (body.stream_options?.include_usage !== true) return '';
  const prompt = body.messages.length * 10;
  const completion = sent.split(/\s+/).length;
  const tokens = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  return frame({ ...chunk(stage, []), usage: tokens });
}

function chunk({ request: { id, body } }: Stage, choices: object[]): object {
  return { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created: 0, model: body.model, choices };
}

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** Resolves when the operating system has taken it, so that what is torn off afterwards was sent before. */
async function send(response: ServerResponse, data: string, byteByByte: boolean): Promise<void> {
  const pieces = byteByByte ? Array.from(Buffer.from(data), (byte) => Buffer.of(byte)) : [data];
  for (const piece of pieces) {
    if (piece.length > 0) await new Promise<void>((resolve) => response.write(piece, () => resolve()));
  }
}
