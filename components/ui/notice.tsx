import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';

export type NoticeProps = {
  title: string;
  children: ReactNode;
  /** name of the way to the page where a new chat begins */
  wayOut: string;
  /** another way out, before that one */
  otherWay?: ReactNode;
};

const linkClass =
  'inline-flex h-11 items-center rounded-md bg-primary px-4 font-medium text-primary-foreground transition-colors ' +
  'hover:bg-primary-strong';

/** A page that has only one thing to say, and ways out. */
export function Notice({ title, children, wayOut, otherWay }: NoticeProps) {
  return (
    <div className="m-auto flex min-h-[80dvh] max-w-sm flex-col items-center justify-center p-6 text-center">
      <Brand className="mb-6 text-muted-foreground" />
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-2 text-balance text-muted-foreground">{children}</div>
      <div className="mt-7 flex gap-2">
        {otherWay}
        {/* Not a link of the router: what is broken may be the page that runs. */}
        <a className={linkClass} href="/">
          {wayOut}
        </a>
      </div>
    </div>
  );
}
