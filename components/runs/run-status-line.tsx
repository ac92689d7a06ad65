import { RotateCw } from 'lucide-react';
import { Button } from '#components/ui/button';
import type { RunPhase } from './run-phase.ts';

export type RunStatusLineProps = { phase: RunPhase; onRetry: () => void; isRetrying: boolean };

/** What the turn is doing, in a line whose place is always kept. */
export function RunStatusLine({ phase, onRetry, isRetrying }: RunStatusLineProps) {
  const isFailed = phase.kind === 'failed';
  return (
    <div className="flex min-h-8 items-center gap-2 px-1 text-sm">
      <p className={isFailed ? 'text-danger' : 'text-muted-foreground'} role="status">
        {sentenceFor(phase)}
      </p>
      {isFailed && (
        <Button disabled={isRetrying} onClick={onRetry} size="small">
          <RotateCw aria-hidden className="size-3.5" />
          Retry
        </Button>
      )}
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
