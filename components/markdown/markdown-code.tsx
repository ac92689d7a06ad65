'use client';

import { isValidElement, type ComponentProps } from 'react';
import { useIsCodeFenceIncomplete } from 'streamdown';
import { CodeBlock } from './code-block.tsx';
import { DiagramBlock } from './diagram-block.tsx';

/** Code within a sentence, or a block of it. Streamdown marks the latter. */
export function MarkdownCode({ className, children, ...rest }: ComponentProps<'code'>) {
  const isIncomplete = useIsCodeFenceIncomplete();
  if (!('data-block' in rest)) return <code data-streamdown="inline-code">{children}</code>;
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? '';
  const code = textOf(children).replace(/\n$/, '');
  const Block = language === 'mermaid' ? DiagramBlock : CodeBlock;
  return <Block code={code} isIncomplete={isIncomplete} language={language} />;
}

function textOf(children: unknown): string {
  if (typeof children === 'string') return children;
  if (Array.isArray(children)) return children.map(textOf).join('');
  return isValidElement<{ children?: unknown }>(children) ? textOf(children.props.children) : '';
}
