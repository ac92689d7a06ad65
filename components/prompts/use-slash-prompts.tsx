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
  const say = useSay();
  const listId = useId();
  const query = slashQuery(text);
  const { data } = useQuery({ ...useTRPC().prompt.list.queryOptions(), enabled: query !== null });
  const [dismissed, setDismissed] = useState(false);
  const [active, setActive] = useState({ query, index: 0 });
  const [isManaging, setIsManaging] = useState(false);
  if (query === null && dismissed) setDismissed(false);

  const choices = query === null || dismissed ? [] : matchPrompts(data?.items ?? [], query, say);
  const isOpen = choices.length > 0;
  const index = active.query === query ? active.index : 0;
  const manage = () => {
    onText('');
    setIsManaging(true);
  };
  // The last line leads to one's own prompts.
  const choose = (chosen: number) => {
    const choice = choices[chosen];
    if (choice) onText(choice.text);
    else manage();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || event.nativeEvent.isComposing || event.shiftKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive({ query, index: (index + step + choices.length + 1) % (choices.length + 1) });
    else if (event.key === 'Enter') choose(index);
    else if (event.key === 'Escape') setDismissed(true);
    else return false;
    event.preventDefault();
    return true;
  };
  const boxAttributes = { 'aria-activedescendant': `${listId}-${index}`, 'aria-autocomplete': 'list', 'aria-controls': listId };
  const onActive = (at: number) => setActive({ query, index: at });
  const list = (
    <Suspense>
      {isOpen && <PromptList active={index} choices={choices} id={listId} onActive={onActive} onChoose={choose} />}
      {isManaging && <OwnPromptsDialog onClose={() => setIsManaging(false)} />}
    </Suspense>
  );
  return { onKeyDown, boxAttributes: isOpen ? boxAttributes : {}, list };
}
