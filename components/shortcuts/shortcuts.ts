/** The keys that do something anywhere in the page. One table: what listens, what is shown and the help are drawn from it. */

export type Shortcut = {
  /** as KeyboardEvent.key, letters in lower case */
  key: string;
  /** Control, on a Mac Command */
  command?: boolean;
  shift?: boolean;
  /** pressed twice in a row */
  twice?: boolean;
};

export const shortcuts = {
  palette: { key: 'k', command: true },
  newChat: { key: 'o', command: true, shift: true },
  sidebar: { key: 'b', command: true },
  messageBox: { key: 'Escape', shift: true },
  messageBoxPlain: { key: '/' },
  interrupt: { key: 'Enter', command: true },
  stop: { key: 'Escape', twice: true },
  help: { key: '?' },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof shortcuts;

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** A plain character: it is typed into fields, and a person can switch it off. */
export const isPlain = (shortcut: Shortcut) => !shortcut.command && shortcut.key.length === 1;

/** Whether these keys were pressed; of a plain character it does not matter how a keyboard makes it. */
export function fits(shortcut: Shortcut, press: KeyPress, isMac: boolean): boolean {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const [command, other] = isMac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (key !== shortcut.key || press.altKey || other || command !== (shortcut.command ?? false)) return false;
  return isPlain(shortcut) || press.shiftKey === (shortcut.shift ?? false);
}

/** For aria-keyshortcuts. */
export function ariaKeysOf({ key, command, shift }: Shortcut, isMac: boolean): string {
  return [...(command ? [isMac ? 'Meta' : 'Control'] : []), ...(shift ? ['Shift'] : []), key].join('+');
}

/** What is written on the keys. */
export function keysOf(shortcut: Shortcut, isMac: boolean): string[] {
  const name = shortcut.key === 'Escape' ? 'Esc' : shortcut.key.replace(/^./, (letter) => letter.toUpperCase());
  if (shortcut.twice) return [name, name];
  return [
    ...(shortcut.command ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(shortcut.shift ? [isMac ? '⇧' : 'Shift'] : []),
    name,
  ];
}
