import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SignInScreen } from '#components/auth/sign-in-screen';
import { ChatShell } from '#components/chat/chat-shell';
import { getServices } from '#server/services';
import { getCaller } from '#server/trpc/caller';
import { scriptNonceOf } from './script-nonce.ts';
import { whenSignedIn } from './when-signed-in.ts';

export default async function ChatsLayout({ children }: { children: ReactNode }) {
  const requestHeaders = await headers();
  const caller = await getCaller(requestHeaders);
  const read = await whenSignedIn(Promise.all([caller.chat.list({}), caller.model.list()]));
  if (!read) {
    const { env } = getServices();
    return <SignInScreen guestAccess={env.GUEST_ACCESS === 'on'} signUp={env.SIGN_UP === 'on'} />;
  }
  const [chats, models] = read;
  return (
    <ChatShell chats={chats} models={models} scriptNonce={scriptNonceOf(requestHeaders)}>
      {children}
    </ChatShell>
  );
}
