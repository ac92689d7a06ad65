'use client';

import { createElement, memo, useState, useSyncExternalStore } from 'react';
import { MarkdownIsland } from './markdown-island.tsx';
import type { RichMarkdownProps } from './rich-markdown.tsx';
import { useRichMarkdown } from './use-rich-markdown.ts';

/**
 * Markdown. What the server has rendered stays as it is until the code for it has come; elsewhere the bare text is
 * shown so long.
 */
export const Markdown = memo(function Markdown(props: RichMarkdownProps) {
  const RichMarkdown = useRichMarkdown();
  const [isFromServer] = useState(useIsHydrating());
  if (isFromServer) return <MarkdownIsland RichMarkdown={RichMarkdown} content={props} />;
  if (RichMarkdown) return createElement(RichMarkdown, props);
  return <div className="markdown whitespace-pre-wrap" dir="auto">{props.text.trim()}</div>;
});

const subscribeToNothing = () => () => undefined;

/** Whether this rendering takes over the server's HTML, or makes it. */
function useIsHydrating(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => false,
    () => true,
  );
}
