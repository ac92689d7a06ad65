import type { RunPhase } from './run-phase.ts';

export type RunStatusLineProps = {
  phase: RunPhase;
  /** why what a person asked for last was not done */
  refusal: string | null;
};

/** What the turn is doing, in a line whose place is always kept. */
export function RunStatusLine({ phase, refusal }: RunStatusLineProps) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2 px-1 text-sm">
      <p className={phase.kind === 'failed' ? 'text-danger' : 'text-muted-foreground'} role="status">
        {sentenceFor(phase)}
      </p>
      <p className="text-danger empty:hidden" role="alert">
        {refusal}
      </p>
    </div>
  );
}

function sentenceFor(phase: RunPhase): string {
  switch (phase.kind) {
    case 'idle':
      return '';
    case 'sending':
      return 'Sending…';
    case 'waiting':
      return 'Waiting for the first word…';
    case 'writing':
      return 'Writing…';
    case 'stopping':
      return 'Stopping…';
    case 'stopped':
      return 'Stopped.';
    case 'failed':
      return phase.why;
    case 'reconnecting':
      return 'Reconnecting…';
    case 'interrupted':
      return 'Interrupted, continuing…';
    case 'resumed':
      return `Interrupted by a restart, continued ${phase.afterSeconds} s later`;
  }
}
