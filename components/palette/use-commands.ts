'use client';

import { useQuery } from '@tanstack/react-query';
import {
  Archive,
  ArchiveRestore,
  Bot,
  Keyboard,
  Languages,
  type LucideIcon,
  PanelLeft,
  Pencil,
  Pin,
  PinOff,
  SquarePen,
  SunMoon,
  Trash2,
} from 'lucide-react';
import { usePathname } from 'next/navigation';
import { use } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { useLanguageChoice, useThemeChoice } from '#components/auth/use-appearance.ts';
import { chatIdIn } from '#components/chat/chat-address.ts';
import { ShellContext } from '#components/chat/shell-context.ts';
import { useChatActions } from '#components/chat/use-chat-actions.ts';
import { useChatListItem } from '#components/chat/use-chat-list.ts';
import { useChosenModel } from '#components/chat/use-chosen-model.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import type { Command, CommandGroup } from './command.ts';
import type { PalettePage } from './palette-page.ts';

export type GroupsOptions = {
  /** undefined for all of them */
  page: PalettePage | undefined;
  query: string;
  onPage: (page: PalettePage) => void;
  onRename: () => void;
};

/** The commands of a part of the palette. Who has typed something may name a choice without going to its part. */
export function useGroups({ page, query, onPage, onRename }: GroupsOptions): CommandGroup[] {
  const say = useSay();
  const chat = useChatListItem(chatIdIn(usePathname()));
  const choices = useChoiceGroups();
  const groups = [
    { title: say('palette.actions'), commands: usePageCommands(onPage) },
    { title: say('palette.thisChat'), commands: useChatCommands(chat, onRename) },
  ];
  if (page !== undefined) return [choices[page]];
  return query === '' ? groups : [...groups, ...Object.values(choices)];
}

/** What can be done with the chat on the screen. */
function useChatCommands(chat: ChatListItem | undefined, onRename: () => void): Command[] {
  const say = useSay();
  const { pin, archive, remove } = useChatActions();
  if (!chat) return [];
  const [isPinned, isArchived] = [chat.pinnedAt !== null, chat.archivedAt !== null];
  return [
    {
      id: 'pin',
      label: say(isPinned ? 'palette.unpin' : 'palette.pin'),
      icon: isPinned ? PinOff : Pin,
      run: () => pin(chat, !isPinned),
    },
    { id: 'rename', label: say('palette.rename'), icon: Pencil, run: onRename, staysOpen: true },
    {
      id: 'archive',
      label: say(isArchived ? 'palette.unarchive' : 'palette.archive'),
      icon: isArchived ? ArchiveRestore : Archive,
      run: () => archive(chat, !isArchived),
    },
    { id: 'delete', label: say('palette.delete'), icon: Trash2, run: () => remove(chat) },
  ];
}

/** What can be done anywhere. */
function usePageCommands(goTo: (page: PalettePage) => void): Command[] {
  const say = useSay();
  const { newChat, toggleSidebar, openShortcuts } = use(ShellContext);
  const leadTo = (page: PalettePage, icon: LucideIcon): Command => {
    return { id: page, label: say(`palette.${page}`), icon, run: () => goTo(page), staysOpen: true };
  };
  return [
    { id: 'new', label: say('chats.new'), icon: SquarePen, run: newChat, shortcut: 'newChat' },
    leadTo('model', Bot),
    leadTo('theme', SunMoon),
    leadTo('language', Languages),
    { id: 'sidebar', label: say('shortcuts.sidebar'), icon: PanelLeft, run: toggleSidebar, shortcut: 'sidebar' },
    { id: 'help', label: say('shortcuts.title'), icon: Keyboard, run: openShortcuts, shortcut: 'help' },
  ];
}

/** The choices behind `model`, `theme` and `language`. */
function useChoiceGroups(): Record<PalettePage, CommandGroup> {
  const say = useSay();
  const models = useQuery(useTRPC().model.list.queryOptions()).data?.items ?? [];
  const [model, chooseModel] = useChosenModel(models);
  const modelChoices = models.map(({ id, label, provider }) => ({ value: id, label, hint: provider }));
  return {
    model: {
      title: say('palette.models'),
      commands: toCommands({ value: model, choices: modelChoices, choose: chooseModel }, Bot),
    },
    theme: { title: say('account.appearance'), commands: toCommands(useThemeChoice(), SunMoon) },
    language: { title: say('account.language'), commands: toCommands(useLanguageChoice(), Languages) },
  };
}

type Choice = {
  value: string | undefined;
  choices: { value: string; label: string; hint?: string }[];
  choose: (value: string) => void;
};

function toCommands({ value: chosen, choices, choose }: Choice, icon: LucideIcon): Command[] {
  return choices.map(({ value, label, hint }) => {
    return { id: `choice:${value}`, label, ...(hint && { hint }), icon, isChosen: value === chosen, run: () => choose(value) };
  });
}
