'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { useLazyPanel } from '#components/ui/use-lazy-panel.ts';
import { whenIdle } from '#components/ui/when-idle.ts';
import { fileInputId } from './attach-button.tsx';

const loadDesk = async () => (await import('./composer-desk.tsx')).ComposerDesk;

/**
 * The desk, whose code comes while the page is idle.
 *
 * @returns Desk: null until it is there; choose: opens the system's dialog, as soon as the desk is there
 */
export function useComposerDesk() {
  const { Panel, open } = useLazyPanel(loadDesk);
  const [choosesAtOnce, setChoosesAtOnce] = useState(false);
  const openQuietly = useEffectEvent(() => void loadDesk().then(open, () => undefined));
  useEffect(() => whenIdle(() => openQuietly()), []);
  const choose = () => {
    if (Panel) return document.getElementById(fileInputId)?.click();
    setChoosesAtOnce(true);
    open();
  };
  return { Desk: Panel, choosesAtOnce, choose };
}
