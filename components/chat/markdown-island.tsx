'use client';

import { useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { createObservableValue, type ObservableValue } from '#components/api/observable-value.ts';
import { SpeechContext } from '#components/words/words-context';
import type { RichMarkdownProps } from './rich-markdown.tsx';
import type { RichMarkdown } from './use-rich-markdown.ts';

export type MarkdownIslandProps = { RichMarkdown: RichMarkdown | null | undefined; content: RichMarkdownProps };

/**
 * Markdown that the server has rendered. It is a React root of its own, since the page comes to life before the code
 * for it is there: a Suspense boundary would wait as well, but React sends large ones out of place.
 */
export function MarkdownIsland({ RichMarkdown, content }: MarkdownIslandProps) {
  const speech = useContext(SpeechContext);
  const [source] = useState(() => createSource(content));
  const container = useRef<HTMLDivElement>(null);
  const root = useRef<Root>(null);
  useEffect(() => source.current.set(content), [source, content]);
  useEffect(() => {
    if (!RichMarkdown) return;
    root.current ??= hydrateRoot(
      container.current!,
      <SpeechContext value={speech}>
        <Content RichMarkdown={RichMarkdown} source={source} />
      </SpeechContext>,
    );
  }, [RichMarkdown, source, speech]);
  useEffect(() => () => leave(root), []);
  if (typeof window === 'undefined') return <div>{RichMarkdown && <RichMarkdown {...content} />}</div>;
  // React does not look into an element whose HTML it is told, nor compare it when told not to.
  return <div dangerouslySetInnerHTML={{ __html: '' }} ref={container} suppressHydrationWarning />;
}

/** What the server has rendered, to begin with, and what is to be shown now. */
type Source = { first: RichMarkdownProps; current: ObservableValue<RichMarkdownProps> };

const createSource = (first: RichMarkdownProps): Source => ({ first, current: createObservableValue(first) });

function Content({ RichMarkdown, source }: { RichMarkdown: RichMarkdown; source: Source }) {
  const { first, current } = source;
  const content = useSyncExternalStore(
    (listener) => current.subscribe(listener),
    () => current.get(),
    () => first,
  );
  return <RichMarkdown {...content} />;
}

function leave(root: { current: Root | null }): void {
  const left = root.current;
  root.current = null;
  // React refuses to leave a root while it is busy with another one.
  if (left) queueMicrotask(() => left.unmount());
}
