'use client';

import { createContext } from 'react';

/** Says that code could not be fetched, in the words of whoever is around. */
export const MissingCodeContext = createContext<() => void>(() => undefined);
