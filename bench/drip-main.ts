/**
 * The provider that the measurements ask: an OpenAI-compatible server that lets stamped words drip at an even pace and
 * does nothing else, so that it takes little of the machine. The question says how: [[every=20]] milliseconds between
 * words; [[words=500]], then the end; [[words=500 hold]], then silence. Without `words` it goes on until POST /end.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { instant } from '#server/testing/model-answer';
import { stampNow } from './stamp.ts';

type Drip = {
  question: string;
  response: ServerResponse;
  everyMs: number;
  wordsLeft: number;
  holds: boolean;
  nextAtMs: number;
};

const tickMs = 2;
/** With no time between words, so many go out in one piece. */
const burstWords = 50;

const drips = new Set<Drip>();
const aborted = new Map<string, PromiseWithResolvers<number>>();

const server = createServer((request, response) => void route(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
setInterval(tick, tickMs);
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`);
// Whoever started it is gone.
process.once('disconnect', () => process.exit());

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url!, 'http://loopback');
  if (pathname === '/v1/models') return sendJson(response, { object: 'list', data: [{ id: 'scripted' }] });
  if (pathname === '/aborted') return sendJson(response, await whenAborted(searchParams.get('question')!).promise);
  if (pathname === '/end') {
    for (const drip of drips) finish(drip);
    return sendJson(response, {});
  }
  begin(questionOf(await text(request)), response);
}

function questionOf(body: string): string {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string | { text: string }[] }[] };
  const content = messages.findLast(({ role }) => role === 'user')!.content;
  return typeof content === 'string' ? content : content.map(({ text: part }) => part).join('');
}

function begin(question: string, response: ServerResponse): void {
  const numberOf = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(question)?.[1] ?? Number.NaN);
  const drip: Drip = {
    question,
    response,
    everyMs: numberOf('every') || 0,
    wordsLeft: numberOf('words') || Infinity,
    holds: question.includes('hold'),
    nextAtMs: performance.now(),
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.once('close', () => {
    if (drips.delete(drip)) whenAborted(question).resolve(instant());
  });
  drips.add(drip);
  flow(drip, performance.now());
}

function tick(): void {
  const nowMs = performance.now();
  for (const drip of drips) flow(drip, nowMs);
}

function flow(drip: Drip, nowMs: number): void {
  while (drip.nextAtMs <= nowMs && drip.wordsLeft > 0) {
    const count = drip.everyMs > 0 ? 1 : Math.min(burstWords, drip.wordsLeft);
    drip.response.write(frame({ content: `${stampNow()} `.repeat(count) }, null));
    drip.wordsLeft -= count;
    drip.nextAtMs += drip.everyMs;
  }
  if (drip.wordsLeft === 0 && !drip.holds) finish(drip);
}

function finish(drip: Drip): void {
  drips.delete(drip);
  const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };
  const last = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'scripted', choices: [], usage };
  drip.response.end(`${frame({}, 'stop')}data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
}

/** As large servers send it: the fields that are always null are there too. */
function frame(delta: object, finish_reason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'scripted', choices };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function whenAborted(question: string): PromiseWithResolvers<number> {
  const known = aborted.get(question) ?? Promise.withResolvers<number>();
  aborted.set(question, known);
  return known;
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
