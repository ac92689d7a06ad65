'use client';

import { ChevronsUpDown, CircleUserRound, LogOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { NoticeItem } from '#components/notices/notice-item';
import { Button } from '#components/ui/button';
import { Menu, MenuItem, MenuLine } from '#components/ui/menu';
import { useSay } from '#components/words/words-context';
import { LanguageChoices, ThemeChoices } from './appearance-choices.tsx';
import { loadAuthClient } from './load-auth-client.ts';
import { useSession } from './use-session.ts';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const say = useSay();
  const router = useRouter();
  const session = useSession();
  const signOut = async () => {
    await (await loadAuthClient()).signOut();
    router.refresh();
  };
  return (
    <Menu
      align="start"
      trigger={
        <Button className="w-full justify-start" variant="quiet">
          <CircleUserRound aria-hidden className="size-4 shrink-0" />
          <span className="sr-only">{say('account.menu')}</span>
          <span className="truncate">{session?.user.name}</span>
          <ChevronsUpDown aria-hidden className="ms-auto size-3.5 shrink-0 opacity-60" />
        </Button>
      }
    >
      <LanguageChoices />
      <ThemeChoices />
      <MenuLine />
      <NoticeItem />
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        {say('account.signOut')}
      </MenuItem>
    </Menu>
  );
}
