/**
 * Whoever could not reach the database cannot tell who else could not. After a failure of its own a process judges
 * nobody for a while: others get this long to come back and to say what became of their runs.
 */
const outageGraceMs = 10_000;

export type OutageGrace = {
  /** This process has just failed to reach the database. */
  noteFailure(): void;
  /** The sweep, which does nothing within the grace. */
  heed(sweep: () => Promise<number>): () => Promise<number>;
};

export function createOutageGrace(): OutageGrace {
  let endsAtMs = 0;
  return {
    noteFailure() {
      endsAtMs = performance.now() + outageGraceMs;
    },
    heed: (sweep) => async () => (performance.now() < endsAtMs ? 0 : sweep()),
  };
}
