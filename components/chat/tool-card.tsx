import { Check, CircleDashed, CircleQuestionMark, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useHeld } from '#components/runs/use-held.ts';
import { Disclosure } from '#components/ui/disclosure';
import type { WordKey } from '#components/words/english.ts';
import { useSay } from '#components/words/words-context';
import { millisecondsOf } from '#domain/part-time';
import { unknownToolOutcome } from '#domain/tool-outcome';
import { type ToolPart, toolNameOf } from '#domain/tool-part';

/** The place of the arrow is kept. */
const bareClass =
  'my-3 flex items-center gap-2 rounded-lg border border-border bg-card py-2 ps-9 pe-3 text-sm text-muted-foreground';
/** A tool that is quicker than this is not opened only to be closed again. */
const opensAfterMs = 400;

/** A tool call: what was asked, what came of it and how long it took. Open while it runs. */
export function ToolCard({ part, isWriting }: { part: ToolPart; isWriting: boolean }) {
  const say = useSay();
  const outcome = outcomeOf(part);
  const milliseconds = millisecondsOf(part);
  const isOpen = useHeld(isWriting && outcome.label === 'tool.running', opensAfterMs);
  const title = (
    <>
      <outcome.icon aria-hidden className={`size-4 shrink-0 ${outcome.color}`} />
      <span className="truncate font-mono text-foreground">{toolNameOf(part)}</span>
      {milliseconds !== null && (
        <span className="ms-auto shrink-0 tabular-nums">{say('message.took', { seconds: secondsOf(milliseconds) })}</span>
      )}
      <span className={`shrink-0 ${milliseconds === null ? 'ms-auto' : ''}`}>{say(outcome.label)}</span>
    </>
  );
  if (!hasContent(part)) return <div className={bareClass}>{title}</div>;
  return (
    <Disclosure isOpen={isOpen} title={title}>
      <Field label={say('tool.input')} value={part.input} />
      {part.state === 'output-available' && <Field label={say('tool.output')} value={part.output} />}
      {part.state === 'output-error' && <Field label={say(isUnknown(part) ? 'tool.outcome' : 'tool.error')} value={part.errorText} />}
    </Disclosure>
  );
}

/** To two digits, so that a quick tool does not seem to take no time at all. */
const secondsOf = (milliseconds: number) => Number((Math.max(1, milliseconds) / 1_000).toPrecision(2));

function Field({ label, value }: { label: string; value: unknown }) {
  if (value === undefined) return null;
  return (
    <div className="py-1">
      <div className="text-xs text-muted-foreground">{label}</div>
      <pre className="max-h-64 overflow-auto font-mono text-xs wrap-anywhere whitespace-pre-wrap">
        {typeof value === 'string' ? value : JSON.stringify(value, sortKeys, 2)}
      </pre>
    </div>
  );
}

/** The database keeps no order of keys: without one of our own they would change places when the answer is stored. */
function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** There is nothing to open where the input is still being written, nor where it is not for the reader. */
function hasContent({ input, output, errorText }: ToolPart): boolean {
  return input !== undefined || output !== undefined || Boolean(errorText);
}

/** A worker was lost while the tool was at work. Not a failure: it may well have done what it was asked. */
function isUnknown(part: ToolPart): boolean {
  return part.state === 'output-error' && part.errorText === unknownToolOutcome;
}

type Outcome = { icon: LucideIcon; color: string; label: WordKey & `tool.${string}` };

function outcomeOf(part: ToolPart): Outcome {
  if (isUnknown(part)) return { icon: CircleQuestionMark, color: 'text-muted-foreground', label: 'tool.unknown' };
  switch (part.state) {
    case 'output-available':
      return { icon: Check, color: 'text-success', label: 'tool.done' };
    case 'output-error':
      return { icon: TriangleAlert, color: 'text-danger', label: 'tool.failed' };
    case 'output-denied':
      return { icon: TriangleAlert, color: 'text-danger', label: 'tool.denied' };
    default:
      return { icon: CircleDashed, color: 'text-muted-foreground', label: 'tool.running' };
  }
}
