'use client';

import { use, useCallback, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import type { PalettePage } from '#components/palette/palette-page.ts';
import { loadDrawerPanel } from '#components/ui/drawer';
import { loadMenuParts } from '#components/ui/menu';
import { MissingCodeContext } from '#components/ui/missing-code.ts';
import { whenIdle } from '#components/ui/when-idle.ts';

type Panel = ComponentType<{ onClose: () => void; page?: PalettePage | undefined }>;

/** What opens over the page, loaded apart from it. */
const loaders = {
  palette: async (): Promise<Panel> => (await import('#components/palette/palette')).Palette,
  shortcuts: async (): Promise<Panel> => (await import('#components/shortcuts/shortcut-sheet')).ShortcutSheet,
};

export type PanelName = keyof typeof loaders;

export type Panels = {
  view: ReactNode;
  /** @param page of the palette */
  open: (name: PanelName, page?: PalettePage) => void;
  toggle: (name: PanelName) => void;
};

/** Whatever opens, opens at once: its code is fetched while the page is idle. */
const ahead = [...Object.values(loaders), loadMenuParts, loadDrawerPanel];

/** One panel at a time. */
export function usePanels(): Panels {
  const onMissing = use(MissingCodeContext);
  const [shown, setShown] = useState<{ name: PanelName; Panel: Panel; page: PalettePage | undefined } | null>(null);
  useEffect(() => whenIdle(() => ahead.forEach((load) => void load().catch(() => undefined))), []);

  const open = useCallback(
    (name: PanelName, page?: PalettePage) => {
      void loaders[name]().then((Panel) => setShown({ name, Panel, page }), onMissing);
    },
    [onMissing],
  );
  const close = useCallback(() => setShown(null), []);
  const toggle = (name: PanelName) => (shown?.name === name ? close() : open(name));
  return { view: shown && <shown.Panel onClose={close} page={shown.page} />, open, toggle };
}
