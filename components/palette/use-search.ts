'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '#components/api/api-context.ts';

const typingPauseMs = 150;

/** What the server finds for a query, asked once the person pauses; nothing for an empty one. */
export function useSearch(query: string) {
  const [asked, setAsked] = useState(query);
  useEffect(() => {
    const timer = setTimeout(setAsked, typingPauseMs, query);
    return () => clearTimeout(timer);
  }, [query]);
  const search = useInfiniteQuery({
    ...useTRPC().chat.search.infiniteQueryOptions(
      { query: asked },
      { getNextPageParam: (page) => page.nextCursor, initialCursor: null },
    ),
    enabled: asked !== '' && query !== '',
    placeholderData: keepPreviousData,
  });
  const hits = query === '' ? [] : (search.data?.pages.flatMap(({ items }) => items) ?? []);
  return {
    hits,
    /** the hits are not, or not all, of what is typed now */
    isBehind: query !== '' && (asked !== query || search.isFetching),
    hasFailed: query !== '' && search.isError,
    retry: () => void search.refetch(),
    more: search.hasNextPage ? () => void search.fetchNextPage() : null,
  };
}
