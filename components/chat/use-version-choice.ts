'use client';

import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { useStableCallback } from '#components/ui/use-stable-callback.ts';
import { useSay } from '#components/words/words-context';

export type VersionWay = 'previous' | 'next';

/** Where the person was who asked for another version: the place is to be found again once it is shown. */
type Place = { messageId: string; way: VersionWay; top: number };

export type VersionChoice = {
  /** top: of the switcher on the screen, in pixels */
  show: (place: Place) => void;
  isPending: boolean;
  /** Once, for the switcher of the message that was asked for. */
  takePlace: (messageId: string) => Place | null;
};

/** @param readAgain resolves when what the server shows now is shown here */
export function useVersionChoice(chatId: string | null, readAgain: () => Promise<void>): VersionChoice {
  const say = useSay();
  const place = useRef<Place>(null);
  const { mutate, isPending } = useMutation(
    useTRPC().chat.selectBranch.mutationOptions({
      onSuccess: readAgain,
      onError: (error) => toast.error(say('branch.refused', { why: say(`refusal.${reasonOf(error)}`) })),
    }),
  );
  const show = useStableCallback((asked: Place) => {
    if (chatId === null || isPending) return;
    place.current = asked;
    mutate({ chatId, messageId: asked.messageId });
  });
  const takePlace = useCallback((messageId: string) => {
    const taken = place.current?.messageId === messageId ? place.current : null;
    if (taken) place.current = null;
    return taken;
  }, []);
  return useMemo(() => ({ show, isPending, takePlace }), [show, isPending, takePlace]);
}
