'use client';

import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { toast } from '#components/ui/toast.ts';
import { useStableCallback } from '#components/ui/use-stable-callback.ts';
import { useSay } from '#components/words/words-context';

export type VersionWay = 'previous' | 'next';

/** Where the person was who asked for another version: the place is to be found again once it is shown. */
type Place = { messageId: string; way: VersionWay; top: number };

export type BranchChoice = {
  /** Show another version of a message. top: of the switcher on the screen, in pixels */
  show: (place: Place) => void;
  /** Show the branch with this message. @returns whether it is shown; if not, the person has been told why */
  bring: (messageId: string) => Promise<boolean>;
  isPending: boolean;
  /** Once, for the switcher of the message that was asked for. */
  takePlace: (messageId: string) => Place | null;
};

/** @param readAgain resolves when what the server shows now is shown here */
export function useBranchChoice(chatId: string | null, readAgain: () => Promise<void>): BranchChoice {
  const say = useSay();
  const place = useRef<Place>(null);
  const { mutateAsync, isPending } = useMutation(
    useTRPC().chat.selectBranch.mutationOptions({
      onSuccess: readAgain,
      onError(error) {
        const reason = reasonOf(error);
        const isMissing = reason === 'NOT_FOUND';
        toast.error(isMissing ? say('branch.missing') : say('branch.refused', { why: say(`refusal.${reason}`) }));
      },
    }),
  );
  const bring = useCallback(
    async (messageId: string) => {
      if (chatId === null) return false;
      return mutateAsync({ chatId, messageId }).then(() => true, () => false);
    },
    [chatId, mutateAsync],
  );
  const show = useStableCallback((asked: Place) => {
    if (isPending) return;
    place.current = asked;
    void bring(asked.messageId).then((isShown) => {
      if (!isShown) place.current = null;
    });
  });
  const takePlace = useCallback((messageId: string) => {
    const taken = place.current?.messageId === messageId ? place.current : null;
    if (taken) place.current = null;
    return taken;
  }, []);
  return useMemo(() => ({ show, bring, isPending, takePlace }), [show, bring, isPending, takePlace]);
}
