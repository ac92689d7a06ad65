'use client';

import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import { switchNoticesOff, switchNoticesOn, useNoticeChoice } from './notice-choice.ts';

const outcomes = { granted: 'notices.granted', denied: 'notices.denied', default: 'notices.putAway' } as const;
/** What has to be done elsewhere must be read first. */
const toldForMs = 10_000;

/** The choice, and the ways to change it; what came of the browser's question is said. */
export function useNoticeSwitch() {
  const say = useSay();
  const choice = useNoticeChoice();
  const switchOn = async () => {
    toast(say(outcomes[await switchNoticesOn()]), { duration: toldForMs });
  };
  return { choice, switchOn, switchOff: switchNoticesOff };
}
