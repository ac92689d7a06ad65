'use client';

import { useEffect, useRef } from 'react';

export type ListEndProps = { label: string; isLoading: boolean; onReached: () => void };

/** Sits below a list that goes on, and tells when it comes near the screen. */
export function ListEnd({ label, isLoading, onReached }: ListEndProps) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isLoading || !mark.current) return;
    const look: IntersectionObserverCallback = ([entry]) => entry?.isIntersecting && onReached();
    const observer = new IntersectionObserver(look, { rootMargin: '200px' });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [isLoading, onReached]);
  return (
    <div className="px-2 py-3 text-sm text-muted-foreground" ref={mark}>
      {label}
    </div>
  );
}
