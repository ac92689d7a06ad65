'use client';

import {
  Archive,
  ArchiveRestore,
  Bot,
  Keyboard,
  Languages,
  Link2,
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
import { useLanguageChoice, useThemeChoice } from '#components/auth/use-appearance.ts';
import { chatIdIn } from '#components/chat/chat-address.ts';
import { ShellContext } from '#components/chat/shell-context.ts';
import { useChatActions } from '#components/chat/use-chat-actions.ts';
import { useChatListItem } from '#components/chat/use-chat-list.ts';
import { useModels } from '#components/chat/use-models.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import type { Command, CommandGroup } from './command.ts';
import type { PalettePage } from './palette-page.ts';

export type GroupsOptions = {
  /** undefined for all of them */
  page: PalettePage | undefined;
  query: string;
  onPage: (page: PalettePage) => void;
  onDialog: (name: ChatDialogName) => void;
};

/** A dialog about the chat on the screen, in place of the palette. */
export type ChatDialogName = 'rename' | 'share';

/** The commands of a part of the palette. Who has typed something may name a choice without going to its part. */
export function useGroups({ page, query, onPage, onDialog }: GroupsOptions): CommandGroup[] {
  const say = useSay();
  const chat = useChatListItem(chatIdIn(usePathname()));
  const choices = useChoiceGroups();
  const groups = [
    { title: say('palette.actions'), commands: usePageCommands(onPage) },
    { title: say('palette.thisChat'), commands: useChatCommands(chat, onDialog) },
  ];
  if (page !== undefined) return [choices[page]];
  return query === '' ? groups : [...groups, ...Object.values(choices)];
}

/** What can be done with the chat on the screen. */
function useChatCommands(chat: ChatListItem | undefined, openDialog: GroupsOptions['onDialog']): Command[] {
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
    { id: 'rename', label: say('palette.rename'), icon: Pencil, run: () => openDialog('rename'), staysOpen: true },
    { id: 'share', label: say('palette.share'), icon: Link2, run: () => openDialog('share'), staysOpen: true },
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
  const { models, chosen, choose } = useModels();
  const modelChoices = models.map(({ id, label, provider }) => ({ value: id, label, hint: provider }));
  return {
    model: {
      title: say('palette.models'),
      commands: toCommands({ value: chosen?.id, choices: modelChoices, choose }, Bot),
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
