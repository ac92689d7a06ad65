import type { FileUIPart } from 'ai';
import { FileText } from 'lucide-react';
import { useSay } from '#components/words/words-context';
import { isImageType } from '#domain/file-limits';
import type { ChatMessage } from '#domain/message-view';
import { isKeptFile } from './message-files.ts';

/** What came with a person's message: pictures that open large, and files to save. */
export function MessageAttachments({ message }: { message: ChatMessage }) {
  const files = message.parts.filter(isKeptFile);
  if (files.length === 0) return null;
  return (
    <ul className="flex max-w-[85%] flex-wrap items-end justify-end gap-2">
      {files.map((file, index) => (
        <li className="max-w-full" key={`${file.url} ${index}`}>
          {isImageType(file.mediaType) ? <Picture {...file} /> : <FileChip {...file} />}
        </li>
      ))}
    </ul>
  );
}

/** PictureViewer opens it in the page. */
function Picture({ url, filename = '' }: FileUIPart) {
  const say = useSay();
  return (
    <a
      aria-label={say('attachment.open', { name: filename })}
      className="block cursor-zoom-in overflow-hidden rounded-xl border border-border bg-muted"
      data-picture={filename}
      href={url}
      target="_blank"
    >
      <img alt={filename} className="size-36 object-cover text-xs" loading="lazy" src={url} />
    </a>
  );
}

const chipClass =
  'flex min-h-9 max-w-full items-center gap-2 rounded-lg border border-border bg-card px-3 py-1.5 text-sm hover:bg-muted';

function FileChip({ url, filename = '' }: FileUIPart) {
  const say = useSay();
  return (
    <a aria-label={say('attachment.save', { name: filename })} className={chipClass} download={filename} href={url}>
      <FileText aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <span className="truncate" dir="auto">
        {filename}
      </span>
    </a>
  );
}
