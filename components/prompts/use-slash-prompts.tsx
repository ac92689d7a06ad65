'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { useSay } from '#components/words/words-context';
import { matchPrompts, slashQuery } from './match-prompts.ts';

const PromptList = lazy(async () => ({ default: (await import('./prompt-list.tsx')).PromptList }));
const OwnPromptsDialog = lazy(async () => ({ default: (await import('./own-prompts-dialog.tsx')).OwnPromptsDialog }));

export type SlashPrompts = {
  /** Whether the key was for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  /** for the box that keeps the focus meanwhile */
  boxAttributes: Record<string, string>;
  /** over the box */
  list: ReactNode;
};

/** A list of prompts for whoever types a slash into the empty message box; what is chosen takes its place. */
export function useSlashPrompts(text: string, onText: (text: string) => void): SlashPrompts {
  const id = useId();
  const [isManaging, setIsManaging] = useState(false);
  const { choices, active, moveTo, dismiss, awaitsOwn } = usePromptChoices(slashQuery(text));
  const isOpen = choices.length > 0;
  // The last line leads to one's own prompts.
  const choose = (index: number) => {
    onText(choices[index]?.text ?? '');
    setIsManaging(index === choices.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.shiftKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpen && step !== undefined) moveTo((active + step + choices.length + 1) % (choices.length + 1));
    else if (isOpen && event.key === 'Enter') choose(active);
    else if (isOpen && event.key === 'Escape') dismiss();
    else if (!awaitsOwn || event.key !== 'Enter') return false;
    event.preventDefault();
    return true;
  };
  const boxAttributes = { 'aria-activedescendant': `${id}-${active}`, 'aria-autocomplete': 'list', 'aria-controls': id };
  const list = (
    <Suspense>
      {isOpen && <PromptList active={active} choices={choices} id={id} onActive={moveTo} onChoose={choose} />}
      {isManaging && <OwnPromptsDialog onClose={() => setIsManaging(false)} />}
    </Suspense>
  );
  return { onKeyDown, boxAttributes: isOpen ? boxAttributes : {}, list };
}

/** @param query null while nobody asks */
function usePromptChoices(query: string | null) {
  const say = useSay();
  const { data, isLoading } = useQuery({ ...useTRPC().prompt.list.queryOptions(), enabled: query !== null });
  const [dismissed, setDismissed] = useState(false);
  const [place, setPlace] = useState({ query, index: 0 });
  if (query === null && dismissed) setDismissed(false);
  const isAsked = query !== null && !dismissed;
  return {
    choices: isAsked ? matchPrompts(data?.items ?? [], query, say) : [],
    active: place.query === query ? place.index : 0,
    moveTo: (index: number) => setPlace({ query, index }),
    dismiss: () => setDismissed(true),
    /** The name of a prompt must not be sent because the prompt has not come yet. */
    awaitsOwn: isAsked && isLoading,
  };
}
