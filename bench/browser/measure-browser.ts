/** The page in a real Chromium, against the production build. */
import { signIn } from '#server/testing/api-client';
import type { ModelProcess } from '#server/testing/model-process';
import type { Figure } from '../figure.ts';
import { measureLoading } from './measure-loading.ts';
import { type LongAnswer, measureLongAnswer } from './measure-long-answer.ts';
import { type LongChat, measureLongChat } from './measure-long-chat.ts';
import { openBrowser } from './open-browser.ts';

export type BrowserPlace = { origin: string; databaseUrl: string; provider: ModelProcess };

type Extent = { loads: number; chat: LongChat; answer: LongAnswer };

const full: Extent = {
  loads: 5,
  chat: { messages: 500, rounds: 5, scrolledPixels: 20_000 },
  answer: { tokens: 20_000, tokensPerSecond: 200 },
};

const short: Extent = {
  loads: 1,
  chat: { messages: 500, rounds: 2, scrolledPixels: 4_000 },
  answer: { tokens: 1_000, tokensPerSecond: 500 },
};

/**
 * Measure how the page loads, opens long chats and shows long answers.
 *
 * @param place an installation that nobody else uses meanwhile
 * @param options quick: at most 25 s, with a shorter answer; else about three minutes
 * @throws when no browser is found, or the page does not do what it should
 */
export async function measureBrowser(
  { origin, databaseUrl, provider }: BrowserPlace,
  { quick }: { quick: boolean },
): Promise<Figure[]> {
  const { loads, chat, answer } = quick ? short : full;
  const api = await signIn(origin);
  const browser = await openBrowser(api);
  try {
    const place = { databaseUrl, provider, api, browser };
    return [
      ...(await measureLoading(place, loads)),
      ...(await measureLongChat(place, chat)),
      ...(await measureLongAnswer(place, answer)),
    ];
  } finally {
    await browser.close();
  }
}
