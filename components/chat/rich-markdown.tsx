'use client';

import { memo, useDeferredValue, useMemo } from 'react';
import { defaultRehypePlugins, Streamdown, type StreamdownProps } from 'streamdown';
import type { Say } from '#components/words/say.ts';
import { useSay } from '#components/words/words-context';

/** Links that leave the page by a protocol a person expects; anything else loses its target. */
const allowedTarget = /^(?:https?:|mailto:)/i;

const [harden] = defaultRehypePlugins.harden as [unknown, unknown];

/**
 * What a model writes is untrusted: HTML is shown as text (the plugin that parses it is left out), and images are
 * not loaded at all, since their addresses can carry what was said to a stranger.
 */
const locked: Partial<StreamdownProps> = {
  rehypePlugins: [
    defaultRehypePlugins.sanitize!,
    [harden, { allowedLinkPrefixes: ['*'], allowedImagePrefixes: [], allowDataImages: false }],
  ] as NonNullable<StreamdownProps['rehypePlugins']>,
  urlTransform: (url) => (allowedTarget.test(url) ? url : undefined),
  linkSafety: { enabled: false },
  controls: { code: { copy: true, download: false }, table: { copy: true, download: false, fullscreen: false } },
  lineNumbers: false,
  codeBlockMaxHeight: 0,
};

export type RichMarkdownProps = { text: string; isWriting: boolean };

/** Markdown as it is written. Rendering yields to typing, and finished blocks are not rendered again. */
export const RichMarkdown = memo(function RichMarkdown({ text, isWriting }: RichMarkdownProps) {
  const say = useSay();
  const translations = useMemo(() => translate(say), [say]);
  const shown = useDeferredValue(text);
  return (
    <Streamdown {...locked} className="markdown" isAnimating={isWriting} translations={translations}>
      {shown}
    </Streamdown>
  );
});

const translate = (say: Say) => ({
  copyCode: say('markdown.copyCode'),
  copyTable: say('markdown.copyTable'),
  copyTableAsCsv: say('markdown.copyTableAsCsv'),
  copyTableAsMarkdown: say('markdown.copyTableAsMarkdown'),
  copyTableAsTsv: say('markdown.copyTableAsTsv'),
});
