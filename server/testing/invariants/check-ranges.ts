/** I6 (and I2's single end), as far as a stream alone can tell. Pure. */
import type { ChunksEvent } from '#domain/run-event';
import { isTerminal } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import type { HeardRun } from './heard-run.ts';
import type { Finding } from './violation.ts';

const broken = (what: string): Finding => ({ invariant: 'I6', what });

/** @param resumed the first range need not be a `replace` */
export function checkRanges({ chunks, segments, views }: HeardRun, { resumed }: { resumed: boolean }): Finding[] {
  const [first] = chunks;
  return [
    ...(first && !first.replace && !resumed ? [broken(`its first range, from ${first.fromSeq}, is no replace`)] : []),
    ...segments.flatMap(checkSegment),
    ...(falls(chunks) ? [broken('the epochs of its ranges fall')] : []),
    ...(falls(views) ? [broken('the epochs that were told fall')] : []),
    ...checkEnds(views),
  ];
}

const falls = (items: readonly { epoch: number }[]) => items.some(({ epoch }, i) => i > 0 && epoch < items[i - 1]!.epoch);

function checkSegment(segment: ChunksEvent[]): Finding[] {
  return segment.flatMap((event, i) => {
    const previous = segment[i - 1];
    const range = `${event.fromSeq}–${event.toSeq}`;
    if (event.fromSeq < 1 || event.toSeq < event.fromSeq) return [broken(`the range ${range} runs backwards`)];
    if (event.replace && event.fromSeq !== 1) return [broken(`a replace begins with ${event.fromSeq}`)];
    if (!previous || event.fromSeq === previous.toSeq + 1) return [];
    return [broken(`the range ${range} came after ${previous.fromSeq}–${previous.toSeq}`)];
  });
}

function checkEnds(views: readonly RunView[]): Finding[] {
  const end = views.find(({ status }) => isTerminal(status));
  const later = end && views.slice(views.indexOf(end)).find(({ status }) => status !== end.status);
  return later ? [{ invariant: 'I2', what: `a client heard that it ${end.status}, and then that it is ${later.status}` }] : [];
}
