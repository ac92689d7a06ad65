import { QueryClient } from '@tanstack/react-query';
import { isTransient } from './api-error.ts';

const maxRetries = 3;

/** Live events keep the cache fresh, so nothing is fetched again by age or by focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, error) => failures < maxRetries && isTransient(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
