'use client';

import { useRef, type ComponentProps } from 'react';
import { extractTableDataFromElement, tableDataToMarkdown } from 'streamdown';
import { CopyButton } from '#components/clipboard/copy-button';
import { useSay } from '#components/words/words-context';

/** A table that scrolls sideways where it is wider than the screen. */
export function MarkdownTable({ children }: ComponentProps<'table'>) {
  const say = useSay();
  const table = useRef<HTMLTableElement>(null);
  return (
    <div className="table-box">
      <div aria-label={say('markdown.table')} className="table-scroll" role="group" tabIndex={0}>
        <table ref={table}>{children}</table>
      </div>
      <CopyButton
        className="absolute end-1 top-1 bg-sidebar"
        label={say('markdown.copyTable')}
        write={() => copyTable(table.current!)}
      />
    </div>
  );
}

/** For spreadsheets and documents as a table, for text as markdown. */
function copyTable(table: HTMLTableElement): Promise<void> {
  const text = tableDataToMarkdown(extractTableDataFromElement(table));
  const item = new ClipboardItem({
    'text/plain': new Blob([text], { type: 'text/plain' }),
    'text/html': new Blob([table.outerHTML], { type: 'text/html' }),
  });
  return navigator.clipboard.write([item]);
}
