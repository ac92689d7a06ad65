import { ExternalLink } from 'lucide-react';
import { useId } from 'react';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { sourcesOf } from './message-sources.ts';

/** What an answer leans on, each once. */
export function SourceList({ parts }: Pick<ChatMessage, 'parts'>) {
  const say = useSay();
  const titleId = useId();
  const sources = sourcesOf(parts);
  if (sources.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className="mt-3 text-sm">
      <div className="text-xs text-muted-foreground" id={titleId}>
        {say('message.sources')}
      </div>
      <ul className="mt-1 flex flex-wrap gap-1.5">
        {sources.map(({ url, title }) => (
          <li className="max-w-full" key={url}>
            <a
              className="flex min-h-7 items-center gap-1.5 rounded-md border border-border bg-card px-2 hover:bg-muted"
              href={url}
              rel="noopener noreferrer"
              target="_blank"
            >
              <span className="truncate" dir="auto">
                {title}
              </span>
              <ExternalLink aria-hidden className="size-3 shrink-0 text-muted-foreground" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
