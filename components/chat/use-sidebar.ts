'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useState } from 'react';
import { keepChoice } from '#components/ui/choice-cookie.ts';
import { sidebarCookie } from './sidebar-cookie.ts';

/** As Tailwind's md. */
const wide = '(min-width: 48rem)';

export type Sidebar = ReturnType<typeof useSidebar>;

/** The list at the side of wide screens, and the drawer that takes its place on narrow ones. */
export function useSidebar(isOpenAtFirst: boolean) {
  const [isSidebarOpen, setIsSidebarOpen] = useState(isOpenAtFirst);
  const pathname = usePathname();
  // Going somewhere closes the drawer.
  const [drawerOpenedAt, setDrawerOpenedAt] = useState<string | null>(null);
  const setDrawerOpen = useCallback((open: boolean) => setDrawerOpenedAt(open ? pathname : null), [pathname]);
  const isDrawerOpen = drawerOpenedAt === pathname;

  const setSidebarOpen = useCallback((open: boolean) => {
    keepChoice(sidebarCookie, open ? null : 'closed');
    setIsSidebarOpen(open);
  }, []);
  const openList = useCallback(
    () => (matchMedia(wide).matches ? setSidebarOpen(true) : setDrawerOpen(true)),
    [setDrawerOpen, setSidebarOpen],
  );
  const toggleSidebar = useCallback(
    () => (matchMedia(wide).matches ? setSidebarOpen(!isSidebarOpen) : setDrawerOpen(!isDrawerOpen)),
    [isDrawerOpen, isSidebarOpen, setDrawerOpen, setSidebarOpen],
  );
  return { isSidebarOpen, toggleSidebar, openList, isDrawerOpen, setDrawerOpen };
}
