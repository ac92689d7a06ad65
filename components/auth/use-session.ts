'use client';

import { useQuery } from '@tanstack/react-query';
import { loadAuthClient } from './load-auth-client.ts';

/** Who is signed in; undefined until it is known. Asking for the session also renews it. */
export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: readSession }).data;
}

async function readSession() {
  return (await (await loadAuthClient()).getSession()).data;
}
