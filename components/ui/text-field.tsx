import { useId, type ComponentProps } from 'react';

/** A labelled one-line input. */
export function TextField({ label, ...rest }: ComponentProps<'input'> & { label: string }) {
  const ownId = useId();
  const id = rest.id ?? ownId;
  return (
    <div>
      <label className="mb-1 block text-sm font-medium" htmlFor={id}>
        {label}
      </label>
      <input
        className="h-10 w-full rounded-md border border-border-strong bg-card px-3 placeholder:text-muted-foreground"
        {...rest}
        id={id}
      />
    </div>
  );
}
