import { Disclosure } from '#components/ui/disclosure';
import { useSay } from '#components/words/words-context';
import type { RunRecord } from '#domain/run-view';

/** What a crash cut in half: readable, though the answer has been written without it. */
export function RunDrafts({ drafts }: Pick<RunRecord, 'drafts'>) {
  const say = useSay();
  return (
    <>
      <h2 className="mt-6 mb-1 text-sm font-semibold">{say('details.drafts')}</h2>
      {drafts.map((draft, i) => (
        <Disclosure key={i} title={say('details.draft', { number: i + 1 })}>
          <p className="wrap-anywhere whitespace-pre-wrap" dir="auto">
            {textOf(draft)}
          </p>
        </Disclosure>
      ))}
    </>
  );
}

function textOf(draft: RunRecord['drafts'][number]): string {
  return draft.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : [])).join('');
}
