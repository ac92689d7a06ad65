'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown, CircleUserRound, LogOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button';
import { Menu, MenuItem } from '#components/ui/menu';
import { loadAuthClient } from './load-auth-client.ts';

/** Who is signed in, and the way out. Asking for the session also renews it. */
export function AccountMenu() {
  const router = useRouter();
  const { data } = useQuery({ queryKey: ['session'], queryFn: readSession });
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
          <span className="sr-only">Account</span>
          <span className="truncate">{data?.user.name}</span>
          <ChevronsUpDown aria-hidden className="ml-auto size-3.5 shrink-0 opacity-60" />
        </Button>
      }
    >
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

async function readSession() {
  return (await (await loadAuthClient()).getSession()).data;
}
