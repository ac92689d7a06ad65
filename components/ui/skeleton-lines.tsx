const widths = ['w-4/5', 'w-3/5', 'w-11/12', 'w-2/3', 'w-3/4', 'w-1/2'];

/** The shape of a list that is on its way. */
export function SkeletonLines({ count, label }: { count: number; label: string }) {
  return (
    <div className="px-2 py-1">
      <p className="sr-only">{label}</p>
      <div aria-hidden>
        {Array.from({ length: count }, (_, index) => (
          <div className="flex h-9 items-center" key={index}>
            <div className={`skeleton h-3.5 rounded ${widths[index % widths.length]}`} />
          </div>
        ))}
      </div>
    </div>
  );
}
