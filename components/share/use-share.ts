'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/api/api-context.ts';
import { type ApiErrorReason, isTransient, reasonOf } from '#components/api/api-error.ts';
import type { ShareView } from '#domain/share-view';

/** Both calls are idempotent: when an answer is lost they are made again. */
const retry = (failures: number, error: unknown) => failures < 3 && isTransient(error);

export type Share = {
  /** the link; null where there is none, undefined until it is known */
  link: ShareView | null | undefined;
  /** why it could not be read, or what was asked for last not be done */
  failure: ApiErrorReason | null;
  readAgain: () => void;
  create: () => void;
  end: () => void;
  /** create or end is on its way to the server */
  isPending: boolean;
  /** there was one, and it was ended here */
  wasEnded: boolean;
};

/** The link of a chat, and what can be done about it. */
export function useShare(chatId: string): Share {
  const { share } = useTRPC();
  const queryClient = useQueryClient();
  const found = useQuery({ ...share.find.queryOptions({ chatId }), staleTime: 0, gcTime: 0 });
  const keep = (link: ShareView | null) => queryClient.setQueryData(share.find.queryKey({ chatId }), { share: link });
  const create = useMutation(share.create.mutationOptions({ retry, onSuccess: keep }));
  const revoke = useMutation(share.revoke.mutationOptions({ retry, onSuccess: () => keep(null) }));
  const error = found.error ?? create.error ?? revoke.error;
  return {
    link: found.data?.share,
    failure: error && reasonOf(error),
    readAgain: () => void found.refetch(),
    create() {
      revoke.reset();
      create.mutate({ chatId });
    },
    end() {
      create.reset();
      revoke.mutate({ chatId });
    },
    isPending: create.isPending || revoke.isPending,
    wasEnded: revoke.isSuccess,
  };
}
