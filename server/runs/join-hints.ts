import type { ParsedChunkHint } from './inbox.ts';

/** Hints of one run that follow on each other become one; what was dealt with, up to `seq`, is left out. */
export function joinHints(hints: readonly ParsedChunkHint[], { runId, seq }: { runId: string | null; seq: number }): ParsedChunkHint[] {
  const joined: ParsedChunkHint[] = [];
  for (const hint of hints) {
    if (hint.runId === runId && hint.toSeq <= seq) continue;
    const last = joined.at(-1);
    if (last?.body && hint.body && isNext(last, hint)) {
      last.body.push(...hint.body);
      last.toSeq = hint.toSeq;
    } else joined.push({ ...hint, body: hint.body && [...hint.body] });
  }
  return joined;
}

const isNext = (last: ParsedChunkHint, hint: ParsedChunkHint) =>
  hint.runId === last.runId && hint.epoch === last.epoch && hint.fromSeq === last.toSeq + 1;
