import type { ModelRequest } from '#server/testing/model-answer';
import type { Stack } from './stack.ts';

/** A question whose answer the provider says word by word, as the test lets it. */
export type Question = {
  /** what a person types */
  text: string;
  /** Let the provider say so many more words. */
  release(words: number): void;
  /** The provider's request number `attempt` (from 1) for it, as soon as it has been asked. */
  request(attempt?: number): Promise<ModelRequest>;
  /** Resolves when this holds for some request for it. */
  until(condition: (request: ModelRequest) => boolean): Promise<ModelRequest>;
  /** What a page must show once the provider has said exactly so many words; for `stamp`, whose words are plain. */
  said(words: number): Promise<string>;
  /** What a page must show once the provider has said it all; for `stamp`. */
  saidAll(): Promise<string>;
};

/**
 * Script the answer to a question nobody asked before.
 *
 * @param directives of the scripted provider, such as `words=20 stamp`; its pieces wait for `release`
 */
export function scriptQuestion(stack: Stack, directives: string): Question {
  const { model } = stack;
  const name = stack.nameQuestion();
  const text = `${name} [[gate=${name} ${directives}]]`;
  const until = (condition: (request: ModelRequest) => boolean) =>
    model.until((request) => request.question === text && condition(request));
  const isAttempt = (request: ModelRequest, attempt: number) =>
    model.requests.filter(({ question }) => question === text).indexOf(request) === attempt - 1;
  return {
    text,
    release: (words) => model.release(name, words),
    request: (attempt = 1) => until((request) => isAttempt(request, attempt)),
    until,
    said: async (words) => (await until(({ sent }) => sent.split(' ').length === words + 1)).sent.trim(),
    saidAll: async () => (await until(({ endedAt }) => endedAt !== null)).sent.trim(),
  };
}
