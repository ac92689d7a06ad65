'use client';

import { Bookmark, type LucideIcon, Settings2, SquareSlash } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useSay } from '#components/words/words-context';
import type { PromptChoice } from './match-prompts.ts';

export type PromptListProps = {
  id: string;
  choices: readonly PromptChoice[];
  /** which one the keyboard is at; one beyond the choices is the way to the own prompts */
  active: number;
  onActive: (index: number) => void;
  onChoose: (index: number) => void;
};

/** The prompts to choose from. The focus stays in the message box, which says where the keyboard is. */
export function PromptList({ id, choices, ...list }: PromptListProps) {
  const say = useSay();
  return (
    <ul
      aria-label={say('prompt.list')}
      className="appear absolute inset-x-0 bottom-full z-20 mb-2 max-h-[min(20rem,50dvh)] overflow-y-auto rounded-xl border border-border bg-card p-1 text-sm shadow-lg"
      id={id}
      role="listbox"
    >
      {choices.map(({ id: key, name, text, isOwn }, index) => (
        <Line icon={isOwn ? Bookmark : SquareSlash} id={id} index={index} key={key} {...list}>
          <span className="max-w-[60%] shrink-0 truncate font-medium" dir="auto">
            {name}
          </span>
          <span className="min-w-0 truncate text-muted-foreground" dir="auto">
            {text}
          </span>
        </Line>
      ))}
      <Line icon={Settings2} id={id} index={choices.length} {...list}>
        {say('prompt.own')}
      </Line>
    </ul>
  );
}

type LineProps = Omit<PromptListProps, 'choices'> & { icon: LucideIcon; index: number; children: ReactNode };

function Line({ icon: Icon, id, index, active, onActive, onChoose, children }: LineProps) {
  const line = useRef<HTMLLIElement>(null);
  const isActive = index === active;
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // The keyboard is the message box's.
    <li
      aria-selected={isActive}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 py-2 select-none aria-selected:bg-muted"
      id={`${id}-${index}`}
      onClick={() => onChoose(index)}
      // The focus stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => isActive || onActive(index)}
      ref={line}
      role="option"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      {children}
    </li>
  );
}
