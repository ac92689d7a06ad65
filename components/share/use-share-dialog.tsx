'use client';

import type { ReactNode } from 'react';
import { useLazyPanel } from '#components/ui/use-lazy-panel.ts';

const loadShare = async () => (await import('./share-dialog.tsx')).ShareDialog;

/** The dialog about the link of a chat, loaded when it is opened; `view` is to be rendered. */
export function useShareDialog(chatId: string, isShared: boolean): { open: () => void; view: ReactNode } {
  const { Panel, open, close } = useLazyPanel(loadShare);
  return { open, view: Panel && <Panel chatId={chatId} isShared={isShared} onClose={close} /> };
}
