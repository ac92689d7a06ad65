import { describe, expect, it } from 'vitest';
import { ariaKeysOf, fits, isPlain, keysOf, type KeyPress, type ShortcutName, shortcuts } from './shortcuts.ts';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ ...none, key, ...held });
const named = (pressed: KeyPress, isMac = false) =>
  (Object.keys(shortcuts) as ShortcutName[]).filter((name) => fits(shortcuts[name], pressed, isMac));

describe('fits', () => {
  it('knows the keys of each platform', () => {
    expect(named(press('k', { ctrlKey: true }))).toEqual(['palette']);
    expect(named(press('k', { metaKey: true }), true)).toEqual(['palette']);
    expect(named(press('k', { metaKey: true }))).toEqual([]);
    expect(named(press('k', { ctrlKey: true }), true)).toEqual([]);
    expect(named(press('Enter', { ctrlKey: true }))).toEqual(['interrupt']);
    expect(named(press('Enter', { metaKey: true }), true)).toEqual(['interrupt']);
    expect(named(press('Enter', { metaKey: true }))).toEqual([]);
    expect(named(press('Enter', { ctrlKey: true }), true)).toEqual([]);
  });

  it('asks for exactly the keys that are held', () => {
    expect(named(press('O', { ctrlKey: true, shiftKey: true }))).toEqual(['newChat']);
    expect(named(press('o', { ctrlKey: true }))).toEqual([]);
    expect(named(press('k', { ctrlKey: true, shiftKey: true }))).toEqual([]);
    expect(named(press('k', { ctrlKey: true, altKey: true }))).toEqual([]);
    expect(named(press('Escape'))).toEqual(['stop']);
    expect(named(press('Escape', { shiftKey: true }))).toEqual(['messageBox']);
  });

  it('takes a plain character however a keyboard makes it', () => {
    expect(named(press('/'))).toEqual(['messageBoxPlain']);
    expect(named(press('/', { shiftKey: true }))).toEqual(['messageBoxPlain']);
    expect(named(press('?', { shiftKey: true }))).toEqual(['help']);
    expect(Object.values(shortcuts).filter(isPlain)).toHaveLength(2);
  });
});

describe('ariaKeysOf', () => {
  it('names the keys of each platform', () => {
    expect(ariaKeysOf(shortcuts.interrupt, false)).toBe('Control+Enter');
    expect(ariaKeysOf(shortcuts.interrupt, true)).toBe('Meta+Enter');
    expect(ariaKeysOf(shortcuts.newChat, false)).toBe('Control+Shift+o');
  });
});

describe('keysOf', () => {
  it('says what is on the keys', () => {
    expect(keysOf(shortcuts.newChat, false)).toEqual(['Ctrl', 'Shift', 'O']);
    expect(keysOf(shortcuts.newChat, true)).toEqual(['⌘', '⇧', 'O']);
    expect(keysOf(shortcuts.stop, false)).toEqual(['Esc', 'Esc']);
  });
});
