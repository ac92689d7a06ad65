/**
 * A model provider that does what tests tell it: an OpenAI-compatible server on this machine.
 *
 *     node server/testing/model-server.ts --port 4010
 *
 * A request is answered by the [[directives]] of its question over the script of its model. From other processes:
 * `POST /__script { model, script }`, `POST /__release { gate, pieces }`, `GET /__requests?question=part`.
 */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { titleInstructions } from '#server/agent/title-writer';
import { createGates, type Gates } from './gates.ts';
import { type CompletionBody, instant, type ModelRequest, playScript } from './model-answer.ts';
import { type ModelScript, readDirectives, strikeFaults } from './model-script.ts';

export type ModelServer = {
  /** for OPENAI_COMPATIBLE_BASE_URL */
  url: string;
  /** chat completions asked for so far, in order; the objects are live */
  requests: readonly ModelRequest[];
  /** what a model does with requests that say nothing else; names the model in /v1/models */
  script(model: string, script: ModelScript): void;
  /** let `pieces` more pieces through a gate */
  release(gate: string, pieces: number): void;
  /** the first request for which this holds, as soon as it does */
  until(condition: (request: ModelRequest) => boolean): Promise<ModelRequest>;
  close(): Promise<void>;
};

type State = {
  requests: ModelRequest[];
  scripts: Map<string, ModelScript>;
  gates: Gates;
  changes: EventEmitter;
};

/** Start one on loopback; port 0 takes a free one. */
export async function startModelServer({ port = 0 }: { port?: number } = {}): Promise<ModelServer> {
  const state: State = {
    requests: [],
    scripts: new Map([['scripted', {}]]),
    gates: createGates(),
    changes: new EventEmitter().setMaxListeners(0),
  };
  const server = createServer((request, response) => {
    route(state, request, response).catch((error) => response.destroyed || fail(response, error));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: state.requests,
    script: (model, script) => void state.scripts.set(model, script),
    release: (gate, pieces) => state.gates.release(gate, pieces),
    until: (condition) => untilRequest(state, condition),
    close: () => closeServer(server),
  };
}

async function route(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://loopback');
  const body = request.method === 'POST' ? (JSON.parse(await text(request)) as never) : undefined;
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /v1/chat/completions':
      return complete(state, body!, response);
    case 'GET /v1/models':
      return sendJson(response, { object: 'list', data: Array.from(state.scripts.keys(), (id) => ({ id })) });
    case 'POST /__script': {
      const { model, script } = body! as { model: string; script: ModelScript };
      state.scripts.set(model, script);
      return sendJson(response, {});
    }
    case 'POST /__release': {
      const { gate, pieces } = body! as { gate: string; pieces: number };
      state.gates.release(gate, pieces);
      return sendJson(response, {});
    }
    case 'GET /__requests': {
      const part = url.searchParams.get('question') ?? '';
      return sendJson(response, state.requests.filter(({ question }) => question.includes(part)));
    }
    default:
      response.writeHead(404).end();
  }
}

async function complete(state: State, body: CompletionBody, response: ServerResponse): Promise<void> {
  const request = record(state, body);
  const changed = () => void state.changes.emit('change');
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished && request.endedAt === null) request.abortedAt = instant();
    request.endedAt ??= instant();
    gone.abort();
    changed();
  });
  changed();
  const script = { ...state.scripts.get(body.model), ...readDirectives(request.question) };
  const attempt = state.requests.filter(({ question, step }) => question === request.question && step === request.step);
  const played = isForTitle(body)
    ? { text: script.title?.replaceAll('_', ' ') ?? 'Scripted title' }
    : strikeFaults(script, { step: request.step, attempt: attempt.length });
  const stage = { request, response, gates: state.gates, signal: gone.signal, changed };
  await playScript(played, stage).catch((error) => {
    if (!gone.signal.aborted) throw error;
  });
  request.endedAt ??= instant();
}

function isForTitle({ messages }: CompletionBody): boolean {
  return messages.some(({ role, content }) => role === 'system' && textOf(content) === titleInstructions);
}

function record(state: State, body: CompletionBody): ModelRequest {
  const last = body.messages.findLastIndex(({ role }) => role === 'user');
  const request: ModelRequest = {
    id: state.requests.length + 1,
    body,
    question: textOf(body.messages[last]?.content),
    step: body.messages.slice(last + 1).filter(({ role }) => role === 'tool').length + 1,
    beganAt: instant(),
    firstPieceAt: null,
    abortedAt: null,
    endedAt: null,
    status: null,
    sent: '',
  };
  state.requests.push(request);
  return request;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: string }) => part.text ?? '').join('');
}

function untilRequest(state: State, condition: (request: ModelRequest) => boolean): Promise<ModelRequest> {
  return new Promise((resolve) => {
    const look = () => {
      const found = state.requests.find(condition);
      if (found === undefined) return;
      state.changes.off('change', look);
      resolve(found);
    };
    state.changes.on('change', look);
    look();
  });
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function fail(response: ServerResponse, error: unknown): void {
  if (!response.headersSent) response.writeHead(400);
  response.end(String(error));
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const { url } = await startModelServer({ port: Number(values.port) });
  process.stdout.write(`${url}\n`);
  // Whoever started it is gone.
  process.once('disconnect', () => process.exit());
}
