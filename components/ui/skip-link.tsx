/** The first stop of the keyboard: leads past everything to what a page is for. */
export function SkipLink({ label, target }: { label: string; target: string }) {
  return (
    <a
      className="fixed start-3 top-3 z-50 rounded-md bg-primary px-3 py-2 text-sm font-medium text-primary-foreground not-focus:sr-only"
      href={`#${target}`}
      onClick={(event) => {
        // The address stays that of the chat.
        event.preventDefault();
        document.getElementById(target)?.focus();
      }}
    >
      {label}
    </a>
  );
}
