import type { LucideIcon } from 'lucide-react';
import type { ShortcutName } from '#components/shortcuts/shortcuts.ts';

/** A line of the palette. */
export type Command = {
  id: string;
  label: string;
  /** beside it, less important */
  hint?: string;
  icon: LucideIcon;
  run: () => void;
  /** the palette stays, since the command leads on to other lines */
  staysOpen?: boolean;
  /** the one of several that holds now */
  isChosen?: boolean;
  shortcut?: ShortcutName;
};

export type CommandGroup = { title: string; commands: Command[] };

/** Whether every word of the query stands somewhere in the label. */
export function isWanted(query: string, label: string): boolean {
  const text = label.toLocaleLowerCase();
  return query.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** What is left of the groups for a query. */
export function filterGroups(groups: readonly CommandGroup[], query: string): CommandGroup[] {
  return groups
    .map((group) => ({ ...group, commands: group.commands.filter(({ label, hint = '' }) => isWanted(query, `${label} ${hint}`)) }))
    .filter(({ commands }) => commands.length > 0);
}
