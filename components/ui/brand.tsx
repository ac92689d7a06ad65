import { classNames } from './class-names.ts';

/** The name, after the mark. */
export function Brand({ className }: { className?: string }) {
  return (
    <span className={classNames('flex items-center gap-2 text-lg font-semibold tracking-tight', className)}>
      <Mark />
      Holdfast
    </span>
  );
}

/** An anchor; app/icon.svg is the same. */
function Mark() {
  return (
    <svg
      aria-hidden
      className="size-[1.25em] text-primary"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={2.25}
      viewBox="0 0 24 24"
    >
      <circle cx="12" cy="4.75" r="2.5" />
      <path d="M12 7.25V21M8 10.75h8M4 14c0 4.2 3.4 7 8 7s8-2.8 8-7M2.25 15.75 4 13.5l2.25 1.75M21.75 15.75 20 13.5l-2.25 1.75" />
    </svg>
  );
}
