'use client';

import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { createBrowserChoice } from '#components/ui/browser-choice.ts';

const { read, keep, subscribe } = createBrowserChoice('holdfast.model');

/** The models that can answer, and the one chosen in this browser: the first of the list while none of it was. */
export function useModels() {
  const models = useQuery(useTRPC().model.list.queryOptions()).data?.items ?? [];
  const remembered = useSyncExternalStore(subscribe, read, () => null);
  return { models, chosen: models.find(({ id }) => id === remembered) ?? models[0], choose: keep };
}
