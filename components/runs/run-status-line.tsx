import type { Say } from '#components/words/say.ts';
import { useSay } from '#components/words/words-context';
import type { RunPhase } from './run-phase.ts';

export type RunStatusLineProps = {
  phase: RunPhase;
  /** why what a person asked for last was not done */
  refusal: string | null;
};

/** What the turn is doing, in a line whose place is always kept. */
export function RunStatusLine({ phase, refusal }: RunStatusLineProps) {
  const say = useSay();
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2 px-1 text-sm">
      <p className={phase.kind === 'failed' ? 'text-danger' : 'text-muted-foreground'} role="status">
        {sentenceFor(say, phase)}
      </p>
      <p className="text-danger empty:hidden" role="alert">
        {refusal}
      </p>
    </div>
  );
}

function sentenceFor(say: Say, phase: RunPhase): string {
  switch (phase.kind) {
    case 'idle':
      return '';
    case 'failed':
      return say(`failure.${phase.code}`);
    case 'resumed':
      return say('status.resumed', { seconds: phase.afterSeconds });
    default:
      return say(`status.${phase.kind}`);
  }
}
