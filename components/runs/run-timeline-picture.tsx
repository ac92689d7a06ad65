import { classNames } from '#components/ui/class-names.ts';
import type { Say } from '#components/words/say.ts';
import { useSay } from '#components/words/words-context';
import type { Timeline, TimelineRow, TimelineSubject } from './run-timeline.ts';

/** The run as bars over time. Each line says in words what its bar shows. */
export function RunTimeline({ timeline: { lengthMs, rows } }: { timeline: Timeline }) {
  const say = useSay();
  return (
    <ol className="space-y-2.5">
      {rows.map((row, i) => (
        <li key={i}>
          <div className="flex items-baseline justify-between gap-3 text-sm">
            <span className="min-w-0 wrap-anywhere">{titleOf(say, row.subject)}</span>
            <span className="shrink-0 text-xs text-muted-foreground tabular-nums">{timesOf(say, row)}</span>
          </div>
          <Bar lengthMs={lengthMs} row={row} />
        </li>
      ))}
    </ol>
  );
}

function Bar({ row: { subject, fromMs, toMs }, lengthMs }: { row: TimelineRow; lengthMs: number }) {
  const share = (ms: number) => `${(100 * ms) / lengthMs}%`;
  const isMoment = fromMs === toMs;
  const end = toMs ?? lengthMs;
  return (
    <div aria-hidden className="relative mt-1 h-1.5 rounded-full bg-muted">
      <div
        className={classNames('signal absolute inset-y-0 min-w-1.5 rounded-full', colorOf(subject), isMoment && 'w-1.5 -ms-0.75')}
        style={{ insetInlineStart: share(fromMs), ...(!isMoment && { width: share(end - fromMs) }) }}
      />
    </div>
  );
}

function colorOf(subject: TimelineSubject): string {
  switch (subject.kind) {
    case 'queued':
      return 'bg-muted-foreground';
    case 'attempt':
      return subject.endReason === null || subject.endReason === 'settled' ? 'bg-primary' : 'bg-danger';
    case 'tool':
      return subject.outcome === 'error' || subject.outcome === 'unknown' ? 'bg-danger' : 'bg-success';
    case 'stop':
      return 'bg-danger';
    default:
      return 'bg-primary';
  }
}

function titleOf(say: Say, subject: TimelineSubject): string {
  switch (subject.kind) {
    case 'attempt': {
      const title = say('details.row.attempt', { number: subject.number });
      return subject.endReason ? `${title}: ${say(`details.end.${subject.endReason}`)}` : title;
    }
    case 'step':
      return say('details.row.step', { number: subject.number });
    case 'tool': {
      const title = say('details.row.tool', { name: subject.name });
      const { outcome } = subject;
      return outcome === 'error' || outcome === 'unknown' ? `${title}: ${say(`details.tool.${outcome}`)}` : title;
    }
    default:
      return say(`details.row.${subject.kind}`);
  }
}

function timesOf(say: Say, { fromMs, toMs }: TimelineRow): string {
  const seconds = (ms: number) => say('status.seconds', { count: Math.round(ms / 10) / 100 });
  if (toMs === null) return say('details.spanOpen', { from: seconds(fromMs) });
  if (toMs === fromMs) return say('details.at', { at: seconds(fromMs) });
  return say('details.span', { from: seconds(fromMs), to: seconds(toMs) });
}
