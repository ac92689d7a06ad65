'use client';

import { memo, useDeferredValue } from 'react';
import { defaultRehypePlugins, Streamdown, type StreamdownProps } from 'streamdown';
import { MarkdownCode } from '#components/markdown/markdown-code';
import { MarkdownTable } from '#components/markdown/markdown-table';
import { useMath } from '#components/markdown/use-math.ts';

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
  components: { code: MarkdownCode, table: MarkdownTable } as StreamdownProps['components'],
};

export type RichMarkdownProps = { text: string; isWriting: boolean };

/** Markdown as it is written. Rendering yields to typing, and finished blocks are not rendered again. */
export const RichMarkdown = memo(function RichMarkdown({ text, isWriting }: RichMarkdownProps) {
  const { plugins, text: shown } = useMath(useDeferredValue(text));
  return (
    <Streamdown {...locked} className="markdown" dir="auto" isAnimating={isWriting} plugins={plugins}>
      {shown}
    </Streamdown>
  );
});
