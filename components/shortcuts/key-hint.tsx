'use client';

import { classNames } from '#components/ui/class-names.ts';
import { keysOf, type ShortcutName, shortcuts } from './shortcuts.ts';
import { useIsMac } from './use-is-mac.ts';

/** The keys of a shortcut, for the eye. */
export function KeyHint({ name, className }: { name: ShortcutName; className?: string }) {
  const keys = keysOf(shortcuts[name], useIsMac());
  return (
    <span aria-hidden className={classNames('flex gap-1 text-xs text-muted-foreground', className)} dir="ltr">
      {keys.map((key, index) => (
        <kbd className="min-w-5 rounded border border-border bg-card px-1 text-center font-sans" key={index}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
