'use client';

import { createContext } from 'react';

/** What a conversation may ask of the frame around it. */
export type Shell = { newChat: () => void; openDrawer: () => void; scriptNonce: string | undefined };

export const ShellContext = createContext<Shell>({
  newChat: () => undefined,
  openDrawer: () => undefined,
  scriptNonce: undefined,
});
