'use client';

import { createContext } from 'react';
import type { PalettePage } from '#components/palette/palette-page.ts';
import type { Clock } from './day.ts';

/** What the parts of the page may ask of the frame around them. */
export type Shell = {
  newChat: () => void;
  /** show the chats: the list at the side, on narrow screens the drawer */
  openList: () => void;
  /** the list at the side of wide screens */
  isSidebarOpen: boolean;
  toggleSidebar: () => void;
  openPalette: (page?: PalettePage) => void;
  openShortcuts: () => void;
  /** as the server took it to be */
  clock: Clock;
  scriptNonce: string | undefined;
};

const nothing = () => undefined;

export const ShellContext = createContext<Shell>({
  newChat: nothing,
  openList: nothing,
  isSidebarOpen: true,
  toggleSidebar: nothing,
  openPalette: nothing,
  openShortcuts: nothing,
  clock: { today: '1970-01-01', timeZone: 'UTC' },
  scriptNonce: undefined,
});
