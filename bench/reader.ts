/** A person before an answer that is being written: asks, reads, and knows when it is over. As cheap as can be. */

/** Called with each piece of an answer's text, and when it arrived (see `instant`). */
export type Hear = (piece: string, arrivedAt: number) => void;

export type Answer = {
  /** the first words */
  begun: Promise<void>;
  /** it is over, whole or stopped; rejects when it failed */
  ended: Promise<void>;
  /** what has come over the wire so far */
  bytes(): number;
};

export type Reader = Answer & {
  /** where it is written; null for the floor */
  chatId: string | null;
  /** milliseconds until the server had taken the question; null where there is no such moment */
  acceptedMs: number | null;
  /** end it before its time, in the contender's own way, or by another web process; resolves when that is asked for */
  stop(origin?: string): Promise<void>;
};

export type Question = { origin: string; text: string; hear: Hear };

/** Ask and read; resolves once the question has been taken. */
export type Ask = (question: Question) => Promise<Reader>;
