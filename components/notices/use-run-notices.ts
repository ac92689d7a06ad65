'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { keepConnectedWhile } from '#components/api/tab-presence.ts';
import { chatAddress, chatIdIn } from '#components/chat/chat-address.ts';
import { useSay } from '#components/words/words-context';
import type { ChatActivityEvent } from '#domain/chat-view';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import { createEndWatch, type EndedRun } from './end-watch.ts';
import { useNoticeChoice } from './notice-choice.ts';
import type { EndNotice } from './notify-once.ts';
import { describeEnd } from './run-notice.ts';
import { tellVisibility } from './visible-tabs.ts';

type LatestRun = { run: RunView | null; message: ChatMessage | null };

const loadNotify = async () => (await import('./notify-once.ts')).notifyOnce;

/**
 * Tells the person, where they want that, of long answers that end while no tab of this browser is visible.
 *
 * @returns to be told of everything that happens to the chats
 */
export function useRunNotices(): (event: ChatActivityEvent) => void {
  const isOn = useNoticeChoice() === 'on';
  const notify = useNotify();
  const latest = useRef<ReturnType<typeof useNotify> | null>(null);
  useEffect(() => {
    latest.current = isOn ? notify : null;
  });
  const [watch] = useState(createEndWatch);
  useEffect(() => {
    if (!isOn) return;
    // The server may be out of reach when it is needed.
    loadNotify().catch(() => undefined);
    const endings = [tellVisibility(), keepConnectedWhile(watch.isWaiting)];
    return () => endings.forEach((end) => end());
  }, [isOn, watch]);
  return useCallback(
    (event) => {
      const end = watch.hear(event);
      // A notice that cannot be given leaves the tab's title and the list, which tell of the end too.
      if (end) latest.current?.(end).catch(() => undefined);
    },
    [watch],
  );
}

function useNotify() {
  const say = useSay();
  const router = useRouter();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const open = (chatId: string) => {
    if (chatIdIn(location.pathname) !== chatId) router.push(chatAddress(chatId));
  };
  return async ({ runId, chat: { id, title } }: EndedRun): Promise<void> => {
    const query = { ...trpc.run.latest.queryOptions({ chatId: id }), staleTime: 0, gcTime: 0 };
    const describe = async (): Promise<EndNotice | null> => {
      const { run, message } = fromWire<LatestRun>(await queryClient.fetchQuery(query));
      const body = run?.id === runId ? describeEnd(run, message, say) : null;
      return body === null ? null : { title: title || say('chats.untitled'), body };
    };
    const notifyOnce = await loadNotify();
    await notifyOnce({ runId, isShown: chatIdIn(location.pathname) === id, describe, onClick: () => open(id) });
  };
}
