'use client';

import { MenuCheck } from '#components/ui/menu';
import { useSay } from '#components/words/words-context';
import { useNoticeSwitch } from './use-notice-switch.ts';

/** The choice whether to be told of long answers, for a menu; nothing where the browser cannot do it. */
export function NoticeItem() {
  const say = useSay();
  const { choice, switchOn, switchOff } = useNoticeSwitch();
  if (choice === 'impossible') return null;
  return (
    <MenuCheck isChecked={choice === 'on'} onChange={(isOn) => (isOn ? void switchOn() : switchOff())}>
      {say('notices.item')}
    </MenuCheck>
  );
}
