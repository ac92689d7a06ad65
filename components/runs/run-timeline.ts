import type { RunRecord, RunView } from '#domain/run-view';

/** What a line of the timeline is about. */
export type TimelineSubject =
  | { kind: 'queued' | 'firstWord' | 'stop' | 'end' }
  | { kind: 'attempt'; number: number; endReason: RunRecord['attempts'][number]['endReason'] }
  | { kind: 'step'; number: number }
  | { kind: 'tool'; name: string; outcome: RunRecord['tools'][number]['outcome'] };

/** Milliseconds from the question on. A moment has equal ends; what goes on has no end yet. */
export type TimelineRow = { subject: TimelineSubject; fromMs: number; toMs: number | null };

export type Timeline = {
  /** until the end, or until the last thing that is known of a run that goes on */
  lengthMs: number;
  /** by their beginnings */
  rows: TimelineRow[];
};

/** A run drawn up in time: what waited, worked and happened, and when. */
export function drawTimeline(run: RunView, record: RunRecord): Timeline {
  const askedAtMs = Date.parse(run.createdAt);
  const since = (instant: string) => Math.max(0, Date.parse(instant) - askedAtMs);
  const ends = (instant: string | null) => (instant === null ? null : since(instant));
  const moment = (kind: 'firstWord' | 'stop' | 'end', instant: string | null): TimelineRow[] =>
    instant === null ? [] : [{ subject: { kind }, fromMs: since(instant), toMs: since(instant) }];

  const rows: TimelineRow[] = [
    { subject: { kind: 'queued' }, fromMs: 0, toMs: ends(record.attempts[0]?.startedAt ?? run.finishedAt) },
    ...record.attempts.map(({ startedAt, endedAt, endReason }, i) => ({
      subject: { kind: 'attempt' as const, number: i + 1, endReason },
      fromMs: since(startedAt),
      toMs: ends(endedAt),
    })),
    ...moment('firstWord', record.firstWordAt),
    ...stepRows(record, since),
    ...record.tools.map(({ toolName: name, outcome, startedAt, finishedAt }) => ({
      subject: { kind: 'tool' as const, name, outcome },
      fromMs: since(startedAt),
      toMs: ends(finishedAt),
    })),
    ...moment('stop', run.stopRequestedAt),
    ...moment('end', run.finishedAt),
  ];
  const lengthMs = Math.max(1, ...rows.map(({ fromMs, toMs }) => toMs ?? fromMs));
  return { lengthMs, rows: rows.toSorted((a, b) => a.fromMs - b.fromMs) };
}

/** A step begins where the one before it ended, or where the attempt that completed it began. */
function stepRows({ steps, attempts }: RunRecord, since: (instant: string) => number): TimelineRow[] {
  return steps.map(({ stepNumber, epoch, completedAt }, i) => {
    const begins = [attempts.find((attempt) => attempt.epoch === epoch)?.startedAt, steps[i - 1]?.completedAt];
    const fromMs = Math.max(0, ...begins.filter((instant) => instant !== undefined).map(since));
    return { subject: { kind: 'step', number: stepNumber }, fromMs, toMs: since(completedAt) };
  });
}

/**
 * Tokens that the model wrote in a second, from its first word to the end of the run.
 *
 * @returns null where that is not known
 */
export function paceOf(run: RunView, { firstWordAt }: RunRecord): number | null {
  if (!run.usage || firstWordAt === null || run.finishedAt === null) return null;
  const seconds = (Date.parse(run.finishedAt) - Date.parse(firstWordAt)) / 1_000;
  return seconds > 0 ? run.usage.outputTokens / seconds : null;
}
