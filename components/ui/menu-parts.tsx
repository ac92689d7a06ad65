'use client';

import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type FocusEvent, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';
import type { MenuCheckProps, MenuChoicesProps, MenuItemProps, MenuProps } from './menu.tsx';

const contentClass =
  'appear z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-40 overflow-y-auto rounded-lg ' +
  'border border-border bg-card p-1 text-sm shadow-lg';

export type OpenedMenuProps = MenuProps & {
  /** opened by a key: its first line has the focus */
  byKey: boolean;
};

/** A menu that is open at first. */
export function OpenedMenu({ trigger, children, align = 'end', side = 'bottom', byKey }: OpenedMenuProps) {
  // Afterwards Radix knows by itself how the menu was opened.
  const isFirstFocus = useRef(true);
  const onFocus = ({ currentTarget }: FocusEvent<HTMLElement>) => {
    const isFirst = isFirstFocus.current;
    isFirstFocus.current = false;
    if (byKey && isFirst) currentTarget.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  };
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          className={contentClass}
          collisionPadding={8}
          onFocus={onFocus}
          side={side}
          sideOffset={4}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemClass =
  'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-muted ' +
  'pointer-coarse:min-h-10';

export function Item({ icon: Icon, isDanger = false, children, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={classNames(itemClass, isDanger && 'text-danger')} onSelect={onSelect}>
      <Icon aria-hidden className="size-4" />
      {children}
    </DropdownMenu.Item>
  );
}

export function CheckItem({ isChecked, onChange, children }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem checked={isChecked} className={itemClass} onCheckedChange={onChange}>
      <Mark />
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function Choices({ title, value, onChange, choices }: MenuChoicesProps) {
  return (
    <DropdownMenu.RadioGroup aria-label={title} onValueChange={onChange} value={value}>
      {title !== undefined && (
        <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-muted-foreground">{title}</DropdownMenu.Label>
      )}
      {choices.map((choice) => (
        <DropdownMenu.RadioItem className={itemClass} key={choice.value} value={choice.value}>
          <Mark />
          {choice.label}
          {choice.hint && <span className="ms-auto ps-4 text-xs text-muted-foreground">{choice.hint}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export const Line = (): ReactNode => <DropdownMenu.Separator className="my-1 h-px bg-border" />;

/** Where the chosen ones are marked; its place is kept for the others. */
function Mark() {
  return (
    <span className="size-4 shrink-0">
      <DropdownMenu.ItemIndicator>
        <Check aria-hidden className="size-4" />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}
