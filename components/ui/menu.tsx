'use client';

import type { LucideIcon } from 'lucide-react';
import { cloneElement, createContext, type KeyboardEvent, type ReactElement, type ReactNode, use, useState } from 'react';
import type { ButtonProps } from './button.tsx';
import type * as MenuParts from './menu-parts.tsx';
import { MissingCodeContext } from './missing-code.ts';

export type MenuProps = {
  /** a button */
  trigger: ReactElement<ButtonProps>;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
};

type Parts = typeof MenuParts;

/** What menus are made of. To be fetched ahead of the first one, so that it opens at once. */
export const loadMenuParts = () => import('./menu-parts.tsx');

const PartsContext = createContext<Parts | null>(null);

/** A menu that opens from its trigger. */
export function Menu(props: MenuProps) {
  const onMissing = use(MissingCodeContext);
  const [opened, setOpened] = useState<{ parts: Parts; byKey: boolean } | null>(null);
  if (opened) {
    return (
      <PartsContext value={opened.parts}>
        <opened.parts.OpenedMenu {...props} byKey={opened.byKey} />
      </PartsContext>
    );
  }
  const open = (byKey: boolean) => void loadMenuParts().then((parts) => setOpened({ parts, byKey }), onMissing);
  return cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    // A key's click has no count.
    onClick: ({ detail }) => open(detail === 0),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      open(true);
    },
  });
}

export type MenuItemProps = { icon: LucideIcon; isDanger?: boolean; onSelect: () => void; children: ReactNode };

export function MenuItem(props: MenuItemProps) {
  const parts = use(PartsContext);
  return parts && <parts.Item {...props} />;
}

export type MenuCheckProps = { isChecked: boolean; onChange: (isChecked: boolean) => void; children: ReactNode };

/** Something that is on or off. */
export function MenuCheck(props: MenuCheckProps) {
  const parts = use(PartsContext);
  return parts && <parts.CheckItem {...props} />;
}

export type MenuChoicesProps = {
  /** over the choices, where the menu has more than these */
  title?: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string; hint?: string }[];
};

/** One of several, the chosen one marked. */
export function MenuChoices(props: MenuChoicesProps) {
  const parts = use(PartsContext);
  return parts && <parts.Choices {...props} />;
}

export function MenuLine() {
  const parts = use(PartsContext);
  return parts && <parts.Line />;
}
