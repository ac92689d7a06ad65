'use client';

import { useState, type ComponentType } from 'react';

/**
 * What opens over the page, and whose code is fetched when it is first opened.
 *
 * @param load fetches it; asked again after a failure
 * @param onMissing it could not be fetched
 * @returns Panel: to be rendered while it is not null
 */
export function useLazyPanel<Props>(load: () => Promise<ComponentType<Props>>, onMissing: () => void) {
  const [Panel, setPanel] = useState<ComponentType<Props> | null>(null);
  return {
    Panel,
    open: () => void load().then((loaded) => setPanel(() => loaded), onMissing),
    close: () => setPanel(null),
  };
}
