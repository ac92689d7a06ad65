'use client';

import type { ToastOptions } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';

/** So long the way back is offered. */
const undoMs = 10_000;

/** For a toast that tells what was done: with the way back. */
export function useUndo(): (undo: () => void) => ToastOptions {
  const say = useSay();
  return (undo) => ({ duration: undoMs, action: { label: say('chats.undo'), onClick: undo } });
}
