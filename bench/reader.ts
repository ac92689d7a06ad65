/** A person before an answer that is being written: asks, reads, and knows when it is over. As cheap as can be. */

export type Reader = {
  /** the answer's first words */
  begun: Promise<void>;
  /** it is over, whole or stopped; rejects when it failed */
  ended: Promise<void>;
  /** milliseconds until the server had taken the question; null where there is no such moment */
  acceptedMs: number | null;
  /** end it before its time, in the contender's own way, or by another web process; resolves when that is asked for */
  stop(origin?: string): Promise<void>;
  /** what has come over the wire so far */
  bytes(): number;
};

export type Question = {
  origin: string;
  text: string;
  /** called with each piece of the answer's text, and when it arrived (see `instant`) */
  hear: (piece: string, arrivedAt: number) => void;
};

/** Ask and read; resolves once the question has been taken. */
export type Ask = (question: Question) => Promise<Reader>;
