import type { RunEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import type { ChaosFollower } from './chaos-follower.ts';
import type { Guest } from './guest.ts';

/** A question that was sent, and who watches its answer being written. */
export type Turn = {
  guest: Guest;
  chatId: string;
  runId: string;
  /** the whole text, by which the model server's requests are found */
  question: string;
  follower: ChaosFollower;
  /** when the question was sent, ms since 1970 */
  startedAt: number;
  /** Resolves when the follower has heard the end. @throws after `ms`, thirty seconds unless told */
  ended: (ms?: number) => Promise<RunView>;
  /** Resolves when words of this epoch or a later one were heard; with their arrival. @throws after `ms` */
  wordsOf: (epoch: number, ms?: number) => Promise<number>;
  /** when the first words of this epoch or a later one were heard; null when none were so far */
  heardAt: (epoch: number) => number | null;
};

type TurnParts = Pick<Turn, 'guest' | 'chatId' | 'runId' | 'question' | 'follower' | 'startedAt'>;

/** Give a sent question its ways of waiting. */
export function createTurn(parts: TurnParts): Turn {
  const { runId, follower, question } = parts;
  const isWordOf = (epoch: number) => (event: RunEvent) =>
    event.type === 'chunks' && event.runId === runId && event.epoch >= epoch;
  const isEnd = (event: RunEvent) => event.type === 'run' && event.run?.id === runId && isTerminal(event.run.status);
  return {
    ...parts,
    async ended(ms = 30_000) {
      const { event } = await follower.until(isEnd, `the end of "${question}" (${runId})`, ms);
      return (event as Extract<RunEvent, { type: 'run' }>).run!;
    },
    async wordsOf(epoch, ms = 20_000) {
      return (await follower.until(isWordOf(epoch), `words of epoch ${epoch} in "${question}" (${runId})`, ms)).at;
    },
    heardAt: (epoch) => follower.events.find(({ event }) => isWordOf(epoch)(event))?.at ?? null,
  };
}
