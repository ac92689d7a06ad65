'use client';

import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { hasKeptEdit } from './kept-queue-edit.ts';
import type { MessageQueueProps } from './message-queue.tsx';

type QueueEditor = ComponentType<MessageQueueProps>;

const loadEditor = async (): Promise<QueueEditor> => (await import('./queue-editor.tsx')).QueueEditor;

/**
 * What changes a queue. It is fetched when there first is one, or an edit from before a reload, and then stays: an edit
 * must see its message go.
 *
 * @returns Editor: undefined while it is on its way, null where it could not be fetched; `load` tries again
 */
export function useQueueEditor(chatId: string, isNeeded: boolean) {
  const [Editor, setEditor] = useState<QueueEditor | null>();
  const load = useCallback(() => {
    void loadEditor().then(
      (loaded) => setEditor(() => loaded),
      () => setEditor(null),
    );
  }, []);
  useEffect(() => {
    if (isNeeded || hasKeptEdit(chatId)) load();
  }, [chatId, isNeeded, load]);
  return { Editor, load };
}
