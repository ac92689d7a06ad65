import { type RefObject, useEffect, useRef, useState } from 'react';
import type { SearchHit } from '#domain/chat-search';

export type ChosenLine = {
  list: RefObject<HTMLDivElement | null>;
  /** value of the line that Enter opens */
  line: string;
  choose: (line: string) => void;
};

/** Some line is chosen whenever there is one: where several lines go at once, cmdk may choose none of the rest. */
export function useChosenLine(query: string, hits: readonly SearchHit[]): ChosenLine {
  const [line, choose] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
    const first = lines[0]?.dataset.value;
    if (first !== undefined && !lines.some(({ ariaSelected }) => ariaSelected === 'true')) choose(first);
  }, [query, hits, line]);
  return { list, line, choose };
}
