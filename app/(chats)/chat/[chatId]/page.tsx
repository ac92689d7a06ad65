import { TRPCError } from '@trpc/server';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { ChatScreen } from '#components/chat/chat-screen';
import { chatIdInput } from '#domain/inputs';
import { createPageApi } from '#server/trpc/page-api';
import { whenSignedIn } from '../../when-signed-in.ts';

export default async function ChatPage({ params }: { params: Promise<{ chatId: string }> }) {
  const input = chatIdInput.safeParse(await params);
  if (!input.success) notFound();
  const api = createPageApi(await headers());
  const view = await whenSignedIn(api.chat.get(input.data)).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound();
    throw error;
  });
  // Without a session the layout shows the way in, at this address.
  return view && <ChatScreen key={view.id} view={view} />;
}
