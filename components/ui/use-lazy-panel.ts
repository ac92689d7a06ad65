'use client';

import { use, useState, type ComponentType } from 'react';
import { MissingCodeContext } from './missing-code.ts';

/**
 * What opens over the page, and whose code is fetched when it is first opened; that it cannot be is said.
 *
 * @param load fetches it; asked again after a failure
 * @returns Panel: to be rendered while it is not null
 */
export function useLazyPanel<Props>(load: () => Promise<ComponentType<Props>>) {
  const onMissing = use(MissingCodeContext);
  const [Panel, setPanel] = useState<ComponentType<Props> | null>(null);
  return {
    Panel,
    open: () => void load().then((loaded) => setPanel(() => loaded), onMissing),
    close: () => setPanel(null),
  };
}
