import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';

export type NoticeProps = { title: string; children: ReactNode; wayOut: string };

/** A page that has only one thing to say, and a way to the page where a new chat begins. */
export function Notice({ title, children, wayOut }: NoticeProps) {
  return (
    <div className="m-auto flex min-h-[60dvh] max-w-sm flex-col items-center justify-center p-6 text-center">
      <Brand className="mb-6 text-muted-foreground" />
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-2 text-balance text-muted-foreground">{children}</div>
      {/* Not a link of the router: what is broken may be the page that runs. */}
      <a
        className="mt-7 inline-flex h-11 items-center rounded-md bg-primary px-4 font-medium text-primary-foreground transition-colors hover:bg-primary-strong"
        href="/"
      >
        {wayOut}
      </a>
    </div>
  );
}
