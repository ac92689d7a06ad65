'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { fromWire } from '#components/api/from-wire.ts';
import { Button } from '#components/ui/button';
import { SidePanel } from '#components/ui/side-panel';
import { useSay, useSpeech } from '#components/words/words-context';
import { isActive } from '#domain/run-status';
import type { RunRecord, RunView } from '#domain/run-view';
import { RunDrafts } from './run-drafts.tsx';
import { drawTimeline, paceOf } from './run-timeline.ts';
import { RunTimeline } from './run-timeline-picture.tsx';

type Details = RunRecord & { run: RunView };

/** While the run goes on, the panel is read again so often. */
const readEveryMs = 1_000;

/** How an answer came about: when what happened, who wrote it, what it cost. */
export function RunDetails({ runId, onClose }: { runId: string; onClose: () => void }) {
  const say = useSay();
  const { data, error, refetch } = useQuery({
    ...useTRPC().run.get.queryOptions({ runId }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && !isActive(state.data.run.status) ? false : readEveryMs),
  });
  return (
    <SidePanel closeLabel={say('details.close')} onClose={onClose} title={say('details.title')}>
      {data ? (
        <Content {...fromWire<Details>(data)} />
      ) : error ? (
        <div role="alert">
          <p>{say('details.failed', { why: say(`refusal.${reasonOf(error)}`) })}</p>
          <Button className="mt-3" onClick={() => void refetch()}>
            {say('details.again')}
          </Button>
        </div>
      ) : (
        <p className="text-muted-foreground">{say('details.loading')}</p>
      )}
    </SidePanel>
  );
}

function Content(details: Details) {
  const say = useSay();
  const { run, drafts } = details;
  return (
    <>
      <Figures {...details} />
      <h2 className="mt-6 mb-2 text-sm font-semibold">{say('details.timeline')}</h2>
      <RunTimeline timeline={drawTimeline(run, details)} />
      {drafts.length > 0 && <RunDrafts drafts={drafts} />}
    </>
  );
}

function Figures(details: Details) {
  const { say, language } = useSpeech();
  const { run, attempts, firstWordAt } = details;
  const pace = paceOf(run, details);
  const seconds = (ms: number) => say('status.seconds', { count: Math.round(ms / 100) / 10 });
  const tokens = run.usage && [run.usage.inputTokens, run.usage.outputTokens].map((each) => each.toLocaleString(language)).join(' / ');
  const figures: [string, ReactNode][] = [
    [say('details.model'), run.model],
    [say('details.firstWord'), firstWordAt && seconds(Date.parse(firstWordAt) - Date.parse(run.createdAt))],
    [say('details.pace'), pace?.toLocaleString(language, { maximumFractionDigits: 1 })],
    [say('details.tokens'), tokens && (run.usage?.estimated ? say('details.estimated', { count: tokens }) : tokens)],
    [say('details.attempts'), attempts.length.toLocaleString(language)],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
      {figures.map(([name, value]) => (
        <div className="contents" key={name}>
          <dt className="text-muted-foreground">{name}</dt>
          <dd className="min-w-0 text-end tabular-nums wrap-anywhere">{value ?? say('details.none')}</dd>
        </div>
      ))}
    </dl>
  );
}
