'use client';

import { useEffect, useRef } from 'react';
import { announce } from './announce.ts';

/** Announces what a text becomes, not what it is at first. An empty one is silence. */
export function useAnnounced(text: string): void {
  const known = useRef(text);
  useEffect(() => {
    if (text !== '' && text !== known.current) announce(text);
    known.current = text;
  }, [text]);
}
