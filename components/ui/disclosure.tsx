import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

export type DisclosureProps = {
  title: ReactNode;
  children: ReactNode;
  /** opens and closes it where this changes; a person may do otherwise in between */
  isOpen?: boolean;
};

const summaryClass =
  'flex cursor-pointer list-none items-center gap-2 rounded-lg px-3 py-2 text-muted-foreground ' +
  'hover:text-foreground [&::-webkit-details-marker]:hidden';

const arrowClass =
  'size-4 shrink-0 transition-transform group-open:rotate-90 rtl:-scale-x-100 rtl:group-open:-rotate-90';

/** A line that opens to show more; works before any script runs. */
export function Disclosure({ title, children, isOpen = false }: DisclosureProps) {
  return (
    <details className="group my-3 rounded-lg border border-border bg-card text-sm" open={isOpen}>
      <summary className={summaryClass}>
        <ChevronRight aria-hidden className={arrowClass} />
        {title}
      </summary>
      <div className="border-t border-border px-3 py-2">{children}</div>
    </details>
  );
}
