/** A way from a question to its answer, of which several are compared. */
export type Contender = {
  name: 'WebSocket' | 'SSE' | 'floor';
  /**
   * Send a question.
   *
   * @param hear called with each piece of the answer's text and the instant of its arrival
   */
  ask(question: string, hear: (piece: string, arrivedAt: number) => void): Promise<Answer>;
};

export type Answer = {
  /** when the question was sent: ms since 1970, with fractions */
  sentAt: number;
  /** how long it took until the server had taken the question; null where there is no such moment */
  acceptedMs: number | null;
  /** end it before its time, in the contender's own way */
  stop(): Promise<void>;
  /** it is over, whole or stopped */
  ended: Promise<void>;
};
