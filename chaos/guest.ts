import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunView } from '#domain/run-view';
import { type Api, createApi, refusalOf, signIn } from '#server/testing/api-client';
import { ChaosFollower, type FollowHow } from './chaos-follower.ts';

/** How long a guest goes on trying while nobody answers. */
const patienceMs = 30_000;
const retryEveryMs = 50;

/** Somebody with a browser: signed in, with chats of their own. */
export class Guest {
  readonly userId: string;
  readonly api: Api;
  readonly followers: ChaosFollower[] = [];
  readonly chatIds: string[] = [];

  private constructor(api: Api, userId: string) {
    this.api = api;
    this.userId = userId;
  }

  /** @param origin of the web process whose pages this guest has open */
  static async arrive(origin: string): Promise<Guest> {
    const api = await untilAnswered(() => signIn(origin));
    const session = await fetch(`${origin}/api/auth/get-session`, { headers: { cookie: api.cookie } });
    const { user } = (await session.json()) as { user: { id: string } };
    return new Guest(api, user.id);
  }

  async createChat(): Promise<string> {
    const { id } = await untilAnswered(() => this.api.call.chat.create.mutate({}));
    this.chatIds.push(id);
    return id;
  }

  /** The same person's calls to another web process. */
  at({ origin }: { origin: string }): Api {
    return createApi(origin, this.api.cookie);
  }

  /** @param at the web process, this guest's own unless told */
  follow(chatId: string, how: FollowHow = {}, at?: { origin: string }): ChaosFollower {
    const follower = new ChaosFollower(at ? this.at(at) : this.api, chatId, how);
    this.followers.push(follower);
    return follower;
  }

  /** Send a question; the same message, again and again, until somebody takes it. @throws a refusal */
  async start(chatId: string, text: string, messageId: string = randomUUID()): Promise<RunView> {
    const message = { id: messageId, text };
    const { run } = await untilAnswered(() => this.api.call.run.start.mutate({ chatId, message }));
    return run as RunView;
  }

  /** @throws a refusal */
  async stop(runId: string): Promise<RunView> {
    const { run } = await untilAnswered(() => this.api.call.run.stop.mutate({ runId }));
    return run as RunView;
  }
}

/** Repeat a call that may be repeated while the server is away. */
async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const refusal = refusalOf(error);
      if ((refusal !== null && refusal !== 'UNAVAILABLE') || performance.now() > deadline) throw error;
    }
    await pause(retryEveryMs);
  }
}
