'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type MenuProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
};

const contentClass =
  'appear z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-40 overflow-y-auto rounded-lg ' +
  'border border-border bg-card p-1 text-sm shadow-lg';

/** A menu that opens from its trigger. */
export function Menu({ trigger, children, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          className={contentClass}
          collisionPadding={8}
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
  'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-muted';

type MenuItemProps = ComponentProps<typeof DropdownMenu.Item> & { icon: LucideIcon; isDanger?: boolean };

export function MenuItem({ icon: Icon, isDanger = false, className, children, ...rest }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={classNames(itemClass, isDanger && 'text-danger', className)} {...rest}>
      <Icon aria-hidden className="size-4" />
      {children}
    </DropdownMenu.Item>
  );
}

export type MenuChoicesProps = {
  /** over the choices, where the menu has more than these */
  title?: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string; hint?: string }[];
};

/** One of several, the chosen one marked. */
export function MenuChoices({ title, value, onChange, choices }: MenuChoicesProps) {
  return (
    <DropdownMenu.RadioGroup aria-label={title} onValueChange={onChange} value={value}>
      {title !== undefined && (
        <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-muted-foreground">{title}</DropdownMenu.Label>
      )}
      {choices.map((choice) => (
        <DropdownMenu.RadioItem className={itemClass} key={choice.value} value={choice.value}>
          <span className="size-4 shrink-0">
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden className="size-4" />
            </DropdownMenu.ItemIndicator>
          </span>
          {choice.label}
          {choice.hint && <span className="ms-auto ps-4 text-xs text-muted-foreground">{choice.hint}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-border" />;
