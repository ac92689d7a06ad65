'use client';

import { Code, Lightbulb, type LucideIcon, PenLine, Scale } from 'lucide-react';
import { useSay } from '#components/words/words-context';
import type { WordKey } from '#components/words/english.ts';
import { focusMessageBox } from './message-box.ts';

type SuggestionKey = WordKey & `suggestion.${string}`;
type Suggestion = { icon: LucideIcon; title: SuggestionKey; text: SuggestionKey };

const suggestions: Suggestion[] = [
  { icon: Lightbulb, title: 'suggestion.explain', text: 'suggestion.explain.text' },
  { icon: PenLine, title: 'suggestion.write', text: 'suggestion.write.text' },
  { icon: Code, title: 'suggestion.code', text: 'suggestion.code.text' },
  { icon: Scale, title: 'suggestion.compare', text: 'suggestion.compare.text' },
];

const buttonClass =
  'flex cursor-pointer items-start gap-3 rounded-lg border border-border bg-card p-3.5 text-start text-sm shadow-sm ' +
  'transition-colors enabled:hover:border-border-strong enabled:hover:bg-muted disabled:cursor-default disabled:opacity-45';

export type GreetingProps = {
  /** what is in the message box */
  typed: string;
  onPick: (text: string) => void;
};

/** What an empty conversation says, and beginnings of one to choose from: they are put into the box, not sent. */
export function Greeting({ typed, onPick }: GreetingProps) {
  const say = useSay();
  // What somebody has typed is not overwritten.
  const canPick = typed.trim() === '' || suggestions.some(({ text }) => say(text) === typed);
  return (
    <div className="m-auto w-full max-w-xl py-4">
      <p className="text-center text-2xl font-semibold tracking-tight text-balance">{say('conversation.greeting')}</p>
      <p className="mt-2 text-center text-balance text-muted-foreground">{say('conversation.greeting.text')}</p>
      <ul aria-label={say('conversation.suggestions')} className="mt-8 grid gap-2.5 sm:grid-cols-2">
        {suggestions.map(({ icon: Icon, title, text }) => (
          <li className="grid" key={title}>
            <button
              className={buttonClass}
              disabled={!canPick}
              onClick={() => {
                onPick(say(text));
                focusMessageBox();
              }}
              type="button"
            >
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-primary" />
              <span>
                <span className="block font-medium">{say(title)}</span>
                <span className="mt-0.5 block text-muted-foreground">{say(text)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
