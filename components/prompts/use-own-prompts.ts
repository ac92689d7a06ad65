'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';

/** One's own prompts, and the ways to add and to remove one; what was refused is said. */
export function useOwnPrompts() {
  const say = useSay();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries(trpc.prompt.list.queryFilter());
  const list = useQuery(trpc.prompt.list.queryOptions());
  const save = useMutation(
    trpc.prompt.save.mutationOptions({
      onSettled,
      onSuccess: ({ name }) => void toast(say('prompt.saved', { name })),
      onError: (error) => {
        const reason = reasonOf(error);
        toast.error(say(reason === 'BAD_REQUEST' ? 'prompt.refused' : `refusal.${reason}`));
      },
    }),
  );
  const remove = useMutation(
    trpc.prompt.remove.mutationOptions({
      onSettled,
      onError: (error) => {
        // It is gone already, in another tab.
        const reason = reasonOf(error);
        if (reason !== 'NOT_FOUND') toast.error(say(`refusal.${reason}`));
      },
    }),
  );
  return { list, save, remove };
}
