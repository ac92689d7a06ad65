/** What holds at every instant, whatever is killed, cut off or slow. */
export const invariants = {
  I1: 'at most one active run per chat',
  I2: 'every accepted message has exactly one run, and every run exactly one end',
  I3: "a run's chunk ranges are contiguous from 1 to its last number, without overlap",
  I4: 'nothing was written under an epoch that had been replaced',
  I5: 'the fold of the journal is the stored message',
  I6: 'what a client heard is contiguous, is in the journal and folds to the message; completed steps never change',
  I7: 'a tool that is not idempotent starts at most once per call, and only once that is recorded',
  I8: 'nothing of a run begins after its stop was requested',
  I9: "nobody hears of another tenant's chat",
  I10: 'nothing is stuck',
} as const;
export type Invariant = keyof typeof invariants;

/** One thing that must not be. */
export type Violation = {
  invariant: Invariant;
  chatId: string | null;
  runId: string | null;
  /** for a person who has never seen this run */
  what: string;
};

/** A violation before it is known whose it is. */
export type Finding = Pick<Violation, 'invariant' | 'what'>;
