import { TRPCError } from '@trpc/server';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { SharedChatScreen } from '#components/share/shared-chat-screen';
import { shareTokenInput } from '#domain/inputs';
import { createPageApi } from '#server/trpc/page-api';
import { scriptNonceOf } from '../../script-nonce.ts';

/** To be read by whoever has the address; a session is neither asked for nor of use. */
export default async function SharePage({ params }: { params: Promise<{ token: string }> }) {
  const input = shareTokenInput.safeParse(await params);
  if (!input.success) notFound();
  const { token } = input.data;
  const requestHeaders = await headers();
  const view = await createPageApi(requestHeaders).share.get({ token }).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound();
    throw error;
  });
  return <SharedChatScreen scriptNonce={scriptNonceOf(requestHeaders)} token={token} view={view} />;
}
