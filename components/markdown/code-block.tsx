'use client';

import { memo, useRef } from 'react';
import { CopyButton } from '#components/clipboard/copy-button';
import { useSay } from '#components/words/words-context';
import type { Code, Token } from './highlighter.ts';
import { nameLanguage } from './language-names.ts';
import { useTokens } from './use-tokens.ts';

/** A block of code with its language and a way to the clipboard; long lines are scrolled to, not broken. */
export function CodeBlock(props: Code) {
  const say = useSay();
  const box = useRef<HTMLElement>(null);
  const lines = useTokens(props, box);
  const name = nameLanguage(props.language) || say('markdown.code');
  return (
    <figure className="panel" dir="ltr" ref={box}>
      <figcaption className="panel-bar">
        <span className="truncate">{name}</span>
        <CopyButton label={say('markdown.copyCode')} write={() => navigator.clipboard.writeText(props.code)} />
      </figcaption>
      {/* A box that scrolls must be reachable by keyboard. */}
      <pre aria-label={say('markdown.codeIn', { language: name })} className="code" role="group" tabIndex={0}>
        <code>
          {props.code.split('\n').map((text, index, all) => (
            <Line isLast={index === all.length - 1} key={index} text={text} tokens={lines[index]} />
          ))}
        </code>
      </pre>
    </figure>
  );
}

type LineProps = { text: string; isLast: boolean; tokens: Token[] | undefined };

/** The text is always the present one; what was written since its colours were told has none yet. */
const Line = memo(function Line({ text, isLast, tokens = [] }: LineProps) {
  const end = isLast ? '' : '\n';
  const coloured = tokens.map((token) => token.text).join('');
  if (coloured === '' || !text.startsWith(coloured)) return text + end;
  return (
    <>
      {tokens.map((token, index) => (
        <span key={index} style={token.ink === undefined ? undefined : { color: token.ink }}>
          {token.text}
        </span>
      ))}
      {text.slice(coloured.length) + end}
    </>
  );
});
