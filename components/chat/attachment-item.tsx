import { CircleAlert, FileText, RotateCw, X } from 'lucide-react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { type Attachment, isUploading } from './attachment.ts';
import { sayBytes } from './byte-size.ts';

export type AttachmentItemProps = {
  attachment: Attachment;
  /** address of its picture */
  preview: string | null;
  /** of the bytes that have left */
  progress: number;
  onRemove: () => void;
  onRetry: (() => void) | undefined;
  /** given for text that was pasted */
  onInsertText: (() => void) | undefined;
};

/** An attachment of the draft: what it is, how far it has come, why it is not there. All states are of one size. */
export function AttachmentItem({ attachment, preview, progress, ...ways }: AttachmentItemProps) {
  const say = useSay();
  const { name, fault } = attachment;
  return (
    <li className="flex h-13.5 min-w-0 items-center gap-2 rounded-lg border border-border bg-background p-1.5 text-sm">
      <Picture fault={fault} preview={preview} />
      <div className="min-w-0 flex-1">
        <p className="truncate" dir="auto" title={name}>
          {name}
        </p>
        <div className="flex h-5 items-center gap-2 text-xs text-muted-foreground">
          {isUploading(attachment) ? <Progress label={say('attachment.uploading', { name })} value={progress} /> : <State {...{ attachment, ...ways }} />}
        </div>
      </div>
      {ways.onRetry && (
        <Button aria-label={say('attachment.retry')} onClick={ways.onRetry} size="smallIcon" title={say('attachment.retry')} variant="quiet">
          <RotateCw aria-hidden className="size-4" />
        </Button>
      )}
      <Button aria-label={say('attachment.remove', { name })} onClick={ways.onRemove} size="smallIcon" variant="quiet">
        <X aria-hidden className="size-4" />
      </Button>
    </li>
  );
}

const pictureClass = 'flex size-10 shrink-0 items-center justify-center rounded-md bg-muted object-cover';

function Picture({ fault, preview }: Pick<Attachment, 'fault'> & { preview: string | null }) {
  // The name stands beside it.
  if (preview !== null) return <img alt="" className={pictureClass} src={preview} />;
  const Icon = fault === null ? FileText : CircleAlert;
  return (
    <span className={pictureClass}>
      <Icon aria-hidden className={fault === null ? 'size-5 text-muted-foreground' : 'size-5 text-danger'} />
    </span>
  );
}

function State({ attachment, onInsertText }: Pick<AttachmentItemProps, 'attachment' | 'onInsertText'>) {
  const say = useSay();
  const { fault, size } = attachment;
  if (fault !== null) {
    const reason = say(`fault.${fault}`);
    return (
      <span className="truncate text-danger" title={reason}>
        {reason}
      </span>
    );
  }
  return (
    <>
      <span className="shrink-0">{sayBytes(say, size)}</span>
      {onInsertText && (
        <button
          className="min-h-6 cursor-pointer truncate rounded-sm font-medium text-primary underline underline-offset-2"
          onClick={onInsertText}
          type="button"
        >
          {say('attachment.asText')}
        </button>
      )}
    </>
  );
}

function Progress({ label, value }: { label: string; value: number }) {
  return <progress aria-label={label} className="attachment-progress h-1.5 w-full" max={1} value={value} />;
}
