import type { APIRequestContext } from '@playwright/test';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';

/** tRPC's envelope; what is inside is for the caller to know. */
type ApiBody = { result?: { data: unknown }; error?: unknown };

export type ApiAnswer = { status: number; body: ApiBody };

/** The public API with a person's cookies. */
export class Api {
  readonly #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  async query(path: string, input: object): Promise<ApiAnswer> {
    // A connection that was kept may be closed by the server at this very moment; what only reads asks again.
    const options = { params: { input: JSON.stringify(input) }, maxRetries: 2 };
    const response = await this.#request.get(`/api/trpc/${path}`, options);
    return { status: response.status(), body: await response.json() };
  }

  async mutate(path: string, input: object): Promise<ApiAnswer> {
    const response = await this.#request.post(`/api/trpc/${path}`, { data: input, headers: { 'x-holdfast': '1' } });
    return { status: response.status(), body: await response.json() };
  }

  /** A query's result. */
  async get<T>(path: string, input: object): Promise<T> {
    return resultOf<T>(await this.query(path, input));
  }

  async signInAsGuest(): Promise<void> {
    const response = await this.#request.post('/api/auth/sign-in/anonymous', { data: {} });
    if (!response.ok()) throw new Error(`guest sign-in: ${response.status()} ${await response.text()}`);
  }

  async createChat(title = ''): Promise<string> {
    return resultOf<{ id: string }>(await this.mutate('chat.create', { title })).id;
  }

  async startRun(chatId: string, text: string): Promise<RunView> {
    return resultOf<{ run: RunView }>(await this.mutate('run.start', { chatId, message: { text } })).run;
  }

  async latestRun(chatId: string): Promise<RunView> {
    return (await this.get<{ run: RunView }>('run.latest', { chatId })).run;
  }

  async messages(chatId: string): Promise<ChatMessage[]> {
    return (await this.get<{ messages: ChatMessage[] }>('message.list', { chatId })).messages;
  }

  /** The texts of a chat's messages, oldest first. */
  async texts(chatId: string): Promise<string[]> {
    const messages = await this.messages(chatId);
    return messages.map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')).join(''));
  }
}

function resultOf<T>({ status, body }: ApiAnswer): T {
  if (!body.result) throw new Error(`the API answered ${status}: ${JSON.stringify(body)}`);
  return body.result.data as T;
}
