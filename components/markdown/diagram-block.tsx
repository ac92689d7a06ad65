'use client';

import { Code, Workflow } from 'lucide-react';
import { useState } from 'react';
import { CopyButton } from '#components/clipboard/copy-button';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { Code as Source } from './highlighter.ts';
import { useDiagram } from './use-diagram.ts';

/** A diagram, or what it is drawn from: in a box of one height, so that nothing moves when it appears. */
export function DiagramBlock({ code, isIncomplete }: Source) {
  const say = useSay();
  const [wantsSource, setWantsSource] = useState(false);
  const diagram = useDiagram(isIncomplete ? null : code);
  const image = diagram?.image ?? null;
  const showsImage = image !== null && !wantsSource;
  const Icon = showsImage ? Code : Workflow;
  const label = say(showsImage ? 'markdown.source' : 'markdown.diagram');
  return (
    <figure className="panel" dir="ltr">
      <figcaption className="panel-bar">
        <span className="truncate">{diagram && !image ? say('markdown.notDrawn') : 'Mermaid'}</span>
        <span className="flex">
          {image !== null && (
            <Button aria-label={label} onClick={() => setWantsSource(showsImage)} size="smallIcon" title={label} variant="quiet">
              <Icon aria-hidden className="size-4" />
            </Button>
          )}
          <CopyButton label={say('markdown.copyCode')} write={() => navigator.clipboard.writeText(code)} />
        </span>
      </figcaption>
      {showsImage ? (
        <img alt={say('markdown.diagram')} className="diagram" src={image} />
      ) : (
        <pre aria-label={say('markdown.source')} className="code diagram" role="group" tabIndex={0}>
          <code>{code}</code>
        </pre>
      )}
    </figure>
  );
}
