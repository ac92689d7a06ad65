'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { useLazyPanel } from '#components/ui/use-lazy-panel.ts';
import { useSay } from '#components/words/words-context';
import { matchPrompts, slashQuery } from './match-prompts.ts';
import { PromptList } from './prompt-list.tsx';

const loadOwnPrompts = async () => (await import('./own-prompts-dialog.tsx')).OwnPromptsDialog;

export type SlashPromptsProps = {
  text: string;
  onText: (text: string) => void;
  /** of the box, which keeps the focus meanwhile */
  boxId: string;
};

/** A list of prompts for whoever types a slash into the empty message box; what is chosen takes its place. */
export function SlashPrompts({ text, onText, boxId }: SlashPromptsProps) {
  const id = useId();
  const own = useLazyPanel(loadOwnPrompts);
  const { choices, active, moveTo, dismiss, awaitsOwn } = usePromptChoices(slashQuery(text));
  const isOpen = choices.length > 0;
  // The last line leads to one's own prompts.
  const choose = (index: number) => {
    onText(choices[index]?.text ?? '');
    if (index === choices.length) own.open();
  };
  useKeys(boxId, (event) => {
    if (event.isComposing || event.shiftKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpen && step !== undefined) moveTo((active + step + choices.length + 1) % (choices.length + 1));
    else if (isOpen && event.key === 'Enter') choose(active);
    else if (isOpen && event.key === 'Escape') dismiss();
    else return awaitsOwn && event.key === 'Enter';
    return true;
  });
  useListbox(boxId, isOpen ? { id, active } : null);
  return (
    <>
      {isOpen && <PromptList active={active} choices={choices} id={id} onActive={moveTo} onChoose={choose} />}
      {own.Panel && <own.Panel onClose={own.close} />}
    </>
  );
}

/** Keys of the box that are the list's are nobody else's: the box would send at Enter. */
function useKeys(boxId: string, take: (event: KeyboardEvent) => boolean): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (!take(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const listening = new AbortController();
    document.getElementById(boxId)?.addEventListener('keydown', hear, listening);
    return () => listening.abort();
  }, [boxId]);
}

/** The box says where in the list the keyboard is. */
function useListbox(boxId: string, list: { id: string; active: number } | null): void {
  const { id, active } = list ?? {};
  useEffect(() => {
    const box = document.getElementById(boxId);
    if (!box || id === undefined) return;
    const attributes = { 'aria-activedescendant': `${id}-${active}`, 'aria-autocomplete': 'list', 'aria-controls': id };
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
    return () => Object.keys(attributes).forEach((name) => box.removeAttribute(name));
  }, [active, boxId, id]);
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
