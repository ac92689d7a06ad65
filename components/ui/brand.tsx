import { Anchor } from 'lucide-react';
import { classNames } from './class-names.ts';

export function Brand({ className }: { className?: string }) {
  return (
    <span className={classNames('flex items-center gap-2 font-semibold tracking-tight', className)}>
      <Anchor aria-hidden className="size-[1.1em] text-primary" strokeWidth={2.25} />
      Holdfast
    </span>
  );
}
