import { Button } from '#components/ui/button';
import { SkeletonLines } from '#components/ui/skeleton-lines';
import { useSay } from '#components/words/words-context';
import type { useSearch } from './use-search.ts';

export type SearchStateProps = { query: string; search: ReturnType<typeof useSearch> };

/** What has become of a search that shows nothing. Stands beside the list of options, which may hold only options. */
export function SearchState({ query, search }: SearchStateProps) {
  const say = useSay();
  if (search.hasFailed) {
    return (
      <div className="flex items-center justify-between gap-3 px-5 pt-1 pb-4 text-sm" role="alert">
        {say('palette.broken')}
        <Button onClick={search.retry} size="small">
          {say('chats.broken.again')}
        </Button>
      </div>
    );
  }
  if (query === '' || search.hits.length > 0) return null;
  return (
    <div className="px-5 pt-1 pb-4 text-sm text-muted-foreground">
      {search.isBehind ? (
        <SkeletonLines count={3} label={say('palette.searching')} />
      ) : (
        <p aria-live="polite">{say('palette.nothing', { query })}</p>
      )}
    </div>
  );
}
