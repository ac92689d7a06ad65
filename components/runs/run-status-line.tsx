import type { ReactNode } from 'react';
import type { Say } from '#components/words/say.ts';
import { useSay } from '#components/words/words-context';
import { isActive } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import type { RunPhase } from './run-phase.ts';
import { WaitingSeconds } from './waiting-seconds.tsx';

export type RunStatusLineProps = {
  phase: RunPhase;
  run: RunView | null;
  /** the name of somebody else who stopped the run; null for oneself */
  stoppedBy: string | null;
  /** why what a person asked for last was not done */
  refusal: string | null;
  /** what more there is to say or to do, which is not read out by itself */
  children: ReactNode;
};

/** What the turn is doing, in a line whose place is always kept. */
export function RunStatusLine({ phase, run, stoppedBy, refusal, children }: RunStatusLineProps) {
  const say = useSay();
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 px-1 py-1 text-sm">
      {/* A long reason leaves its place to what stands at the end of the line. */}
      <p className={phase.kind === 'failed' ? 'min-w-0 flex-[1_1_50%] text-danger' : 'text-muted-foreground'} role="status">
        {phase.kind === 'stopped' && stoppedBy !== null
          ? say('status.stoppedBy', { name: stoppedBy })
          : sentenceFor(say, phase)}
      </p>
      {run && isActive(run.status) && <WaitingSeconds isShown={phase.kind === 'waiting'} key={run.id} run={run} />}
      <p className="text-danger empty:hidden" role="alert">
        {refusal}
      </p>
      {children}
    </div>
  );
}

function sentenceFor(say: Say, phase: RunPhase): string {
  switch (phase.kind) {
    case 'idle':
      return '';
    case 'failed':
      return say(`failure.${phase.code}`);
    case 'usingTool':
      return say('status.usingTool', { tool: phase.tool });
    case 'offline':
      return say(phase.goesOn ? 'status.offlineGoesOn' : 'status.offline');
    case 'resumed':
      return say('status.resumed', { seconds: phase.afterSeconds });
    default:
      return say(`status.${phase.kind}`);
  }
}
