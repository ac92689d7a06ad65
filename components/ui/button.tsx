import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type ButtonProps = ComponentProps<'button'> & {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
};

/** A button; `type` defaults to "button", so that none submits a form by accident. */
export function Button({ variant = 'secondary', size = 'medium', className, type = 'button', ...rest }: ButtonProps) {
  return <button className={classNames(base, variants[variant], sizes[size], className)} type={type} {...rest} />;
}

const base =
  'inline-flex cursor-pointer items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap ' +
  'transition-colors disabled:cursor-default disabled:opacity-45';

const variants = {
  primary: 'bg-primary text-primary-foreground enabled:hover:bg-primary-strong',
  secondary: 'border border-border-strong bg-card text-foreground enabled:hover:bg-muted',
  quiet: 'text-muted-foreground enabled:hover:bg-muted enabled:hover:text-foreground data-[state=open]:bg-muted',
};

const sizes = {
  small: 'h-7 px-2 text-sm',
  medium: 'h-9 px-3 text-sm',
  large: 'h-11 px-4',
  icon: 'size-9',
  smallIcon: 'size-7',
};
