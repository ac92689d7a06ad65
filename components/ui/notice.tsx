import type { ReactNode } from 'react';

export type NoticeProps = { title: string; wayOut: string; children: ReactNode };

/** A page that has only one thing to say, and a way to the start page. */
export function Notice({ title, wayOut, children }: NoticeProps) {
  return (
    <div className="m-auto flex min-h-[50dvh] max-w-sm flex-col items-center justify-center p-6 text-center">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-2 text-muted-foreground">{children}</div>
      <a className="mt-6 text-sm font-medium text-primary underline underline-offset-4" href="/">
        {wayOut}
      </a>
    </div>
  );
}
