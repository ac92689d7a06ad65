'use client';

import { useSession } from '#components/auth/use-session.ts';
import { NoticeOffer } from '#components/notices/notice-offer';
import { RunChoice } from '#components/runs/run-choice';
import { describeRewriting } from '#components/runs/run-choice-text.ts';
import { RunDetailsButton } from '#components/runs/run-details-button';
import type { RunPhase } from '#components/runs/run-phase.ts';
import { RunStatusLine } from '#components/runs/run-status-line';
import { StopReceiptLine } from '#components/runs/stop-receipt-line';
import type { AnswerAgainWay, RunActions } from '#components/runs/use-run-actions.ts';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { isActive } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import { focusMessageBox } from './message-box.ts';

const rewritingId = 'run-rewriting-text';

export type ChatStatusProps = Pick<RunActions, 'pending' | 'refusal'> & {
  phase: RunPhase;
  run: RunView | null;
  /** of the run; undefined where it is not shown */
  answer: ChatMessage | undefined;
  onAnswerAgain: (way: AnswerAgainWay) => void;
};

/** What the chat's turn is doing or has come to, and what can be done about it. */
export function ChatStatus({ phase, run, answer, pending, refusal, onAnswerAgain }: ChatStatusProps) {
  const say = useSay();
  const ownId = useSession()?.user.id;
  const rewriting = run && describeRewriting(run, answer);
  return (
    <>
      <RunStatusLine phase={phase} refusal={refusal} run={run} stoppedBy={nameOfOther(run?.stoppedBy, ownId)}>
        {phase.kind === 'stopped' && run && (
          <>
            <StopReceiptLine answer={answer} run={run} />
            <Button
              aria-describedby={rewriting ? rewritingId : undefined}
              disabled={pending !== null}
              onClick={() => onAnswerAgain('continue')}
              size="small"
            >
              {say('choice.continue')}
            </Button>
          </>
        )}
        {run && (
          <div className="ms-auto flex">
            {isActive(run.status) && <NoticeOffer key={run.id} onChosen={focusMessageBox} />}
            <RunDetailsButton runId={run.id} />
          </div>
        )}
      </RunStatusLine>
      {phase.kind === 'stopped' && rewriting && (
        <p className="px-1 pb-2 text-sm text-muted-foreground" id={rewritingId}>
          {say(rewriting)}
        </p>
      )}
      {phase.kind === 'failed' && run && <RunChoice onAnswerAgain={onAnswerAgain} pending={pending} run={run} />}
    </>
  );
}

/** Nobody needs to be told his own name, nor one before it is known who is asking. */
function nameOfOther(person: { id: string; name: string } | null | undefined, ownId: string | undefined): string | null {
  if (!person || ownId === undefined || person.id === ownId || person.name === '') return null;
  return person.name;
}
