/** What one stream says about one run, put in order. Pure. */
import type { RunView } from '#domain/run-view';
import type { ChunksEvent } from '#domain/run-event';
import type { ClientStream } from './evidence.ts';

export type HeardRun = {
  runId: string;
  views: RunView[];
  chunks: ChunksEvent[];
  /** the same, cut before each `replace` */
  segments: ChunksEvent[][];
};

/** In the order in which the runs were first heard of. */
export function heardRunsOf({ events }: Pick<ClientStream, 'events'>): HeardRun[] {
  const runs = new Map<string, HeardRun>();
  const of = (runId: string) => {
    const run = runs.get(runId) ?? { runId, views: [], chunks: [], segments: [] };
    runs.set(runId, run);
    return run;
  };
  for (const event of events) {
    if (event.type === 'run' && event.run) of(event.run.id).views.push(event.run);
    if (event.type !== 'chunks') continue;
    const run = of(event.runId);
    if (event.replace || run.segments.length === 0) run.segments.push([]);
    run.segments.at(-1)!.push(event);
    run.chunks.push(event);
  }
  return [...runs.values()];
}
