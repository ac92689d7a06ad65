import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SignInScreen } from '#components/auth/sign-in-screen';
import { ChatShell } from '#components/chat/chat-shell';
import { readClock, timeZoneCookie } from '#components/chat/day.ts';
import { sidebarCookie } from '#components/chat/sidebar-cookie.ts';
import { getServices } from '#server/services';
import { createPageApi } from '#server/trpc/page-api';
import { scriptNonceOf } from './script-nonce.ts';
import { whenSignedIn } from './when-signed-in.ts';

export default async function ChatsLayout({ children }: { children: ReactNode }) {
  const requestHeaders = await headers();
  const api = createPageApi(requestHeaders);
  const read = await whenSignedIn(
    Promise.all([api.chat.list({}), api.chat.list({ pinned: true }), api.model.list()]),
  );
  if (!read) {
    const { env } = getServices();
    return <SignInScreen guestAccess={env.GUEST_ACCESS === 'on'} signUp={env.SIGN_UP === 'on'} />;
  }
  const [current, pinned, models] = read;
  const jar = await cookies();
  return (
    <ChatShell
      clock={readClock(jar.get(timeZoneCookie)?.value)}
      isSidebarOpen={jar.get(sidebarCookie)?.value !== 'closed'}
      read={{ current, pinned, models }}
      scriptNonce={scriptNonceOf(requestHeaders)}
    >
      {children}
    </ChatShell>
  );
}
