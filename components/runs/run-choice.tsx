import { LoaderCircle, RotateCw, StepForward, TriangleAlert, type LucideIcon } from 'lucide-react';
import { Button } from '#components/ui/button';
import { useSpeech } from '#components/words/words-context';
import type { RunView } from '#domain/run-view';
import { describeRunChoice } from './run-choice-text.ts';
import type { AnswerAgainWay } from './use-run-actions.ts';

export type RunChoiceProps = {
  /** one that has failed */
  run: RunView;
  onAnswerAgain: (way: AnswerAgainWay) => void;
  /** on its way to the server */
  pending: AnswerAgainWay | null;
};

/** What can be done about an answer that failed, and what that may do a second time. */
export function RunChoice({ run, onAnswerAgain, pending }: RunChoiceProps) {
  const { say, language } = useSpeech();
  const { difference, warnings } = describeRunChoice(run);
  const listNames = (names: readonly string[]) => new Intl.ListFormat(language).format(names);
  const buttons = { pending, onAnswerAgain, describedBy: 'run-choice-text' };
  return (
    <section aria-label={say('choice.section')} className="px-1 pb-2 text-sm">
      <div className="space-y-1 text-muted-foreground" id="run-choice-text">
        {warnings.map(({ key, tools }) => (
          <p className="flex items-baseline gap-1.5 text-foreground" key={key}>
            <TriangleAlert aria-hidden className="size-3.5 shrink-0 translate-y-0.5" />
            <span className="min-w-0 wrap-anywhere">{say(key, { count: tools.length, tools: listNames(tools) })}</span>
          </p>
        ))}
        <p>{say(difference)}</p>
      </div>
      <div className="mt-2 flex gap-2">
        <ChoiceButton {...buttons} icon={StepForward} name={say('choice.continue')} way="continue" />
        <ChoiceButton {...buttons} icon={RotateCw} name={say('choice.retry')} way="regenerate" />
      </div>
    </section>
  );
}

type ChoiceButtonProps = Omit<RunChoiceProps, 'run'> & {
  name: string;
  icon: LucideIcon;
  way: AnswerAgainWay;
  describedBy: string;
};

function ChoiceButton({ name, icon, way, pending, describedBy, onAnswerAgain }: ChoiceButtonProps) {
  const isBusy = pending === way;
  const Icon = isBusy ? LoaderCircle : icon;
  return (
    <Button
      aria-busy={isBusy}
      aria-describedby={describedBy}
      disabled={pending !== null}
      onClick={() => onAnswerAgain(way)}
      size="small"
    >
      <Icon aria-hidden className={isBusy ? 'size-3.5 animate-spin' : 'size-3.5'} />
      {name}
    </Button>
  );
}
