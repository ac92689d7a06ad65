'use client';

import { Pencil } from 'lucide-react';
import { startTransition, useEffect, useRef, useState, type Ref } from 'react';
import { Button } from '#components/ui/button';
import { classNames } from '#components/ui/class-names.ts';
import { useStableCallback } from '#components/ui/use-stable-callback.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { messageAnchor } from './chat-address.ts';
import { draftStorage } from './draft-store.ts';
import { loadEdit } from './edit-draft.ts';
import { focusMessageBoxByKeyboard } from './message-box.ts';
import { useMessageControls } from './message-controls.ts';
import { MessageAttachments } from './message-attachments.tsx';
import { MessageDetails } from './message-details.tsx';
import { isKeptFile } from './message-files.ts';
import { MessageEditForm } from './message-edit-form.tsx';
import { textOf } from './message-text.ts';
import { VersionSwitcher } from './version-switcher.tsx';

export type UserArticleProps = { message: ChatMessage; isSending: boolean };

const articleClass = 'flex flex-col items-end gap-2';
const bubbleClass = 'max-w-[85%] rounded-2xl rounded-ee-md bg-bubble px-4 py-2.5 wrap-anywhere whitespace-pre-wrap';

/** What a person said; its author can say it anew in other words. Words that were not sent are shown again. */
export function UserArticle({ message, isSending }: UserArticleProps) {
  const [isEdited, setEdited] = useState(false);
  const close = () => setEdited(false);
  const { ownId } = useMessageControls();
  const editButton = useRef<HTMLButtonElement>(null);
  // After the first rendering, which is the server's.
  const reopen = useStableCallback(() => {
    if (ownId !== null && loadEdit(draftStorage(), message)) startTransition(() => setEdited(true));
  });
  useEffect(reopen, [reopen]);
  const leave = () => {
    close();
    // It is there again once the form is gone.
    requestAnimationFrame(() => editButton.current?.focus());
  };
  if (isEdited) return <EditedArticle message={message} onCancel={leave} onClose={close} />;
  return (
    <div className="group/message">
      <SaidArticle isSending={isSending} message={message} />
      <div className="-mb-3 flex min-h-7 flex-wrap items-center justify-end gap-x-2">
        <MessageDetails message={message} />
        <EditButton message={message} onOpen={() => setEdited(true)} ref={editButton} />
        <VersionSwitcher message={message} />
      </div>
    </div>
  );
}

function SaidArticle({ message, isSending }: UserArticleProps) {
  const say = useSay();
  const text = textOf(message);
  return (
    <article aria-label={say('message.you')} className={articleClass} id={messageAnchor(message.id)}>
      <MessageAttachments message={message} />
      {text !== '' && (
        <div className={classNames(bubbleClass, isSending && 'opacity-60')} dir="auto">
          {text}
        </div>
      )}
      {message.parts.length === 0 && <p className="text-sm text-muted-foreground">{say('share.filesOnly')}</p>}
    </article>
  );
}

type EditedArticleProps = { message: ChatMessage; onCancel: () => void; onClose: () => void };

function EditedArticle({ message, onCancel, onClose }: EditedArticleProps) {
  const say = useSay();
  const { isBusy, resend } = useMessageControls();
  const onSent = () => {
    onClose();
    focusMessageBoxByKeyboard();
  };
  return (
    <article aria-label={say('message.you')} className={articleClass} id={messageAnchor(message.id)}>
      <MessageAttachments message={message} />
      <MessageEditForm isBusy={isBusy} message={message} onCancel={onCancel} onSent={onSent} resend={resend} />
    </article>
  );
}

const editClass =
  'aria-disabled:cursor-default pointer-coarse:aria-disabled:opacity-45 pointer-fine:opacity-0 pointer-fine:focus-visible:opacity-100 ' +
  'pointer-fine:group-focus-within/message:opacity-100 pointer-fine:group-hover/message:opacity-100 ' +
  'pointer-fine:aria-disabled:group-hover/message:opacity-45';

const isSayable = (part: ChatMessage['parts'][number]) => part.type === 'text' || isKeptFile(part);

type EditButtonProps = { message: ChatMessage; onOpen: () => void; ref: Ref<HTMLButtonElement> };

/** Words can be said anew, with the same files: what else a message holds would be lost. */
function EditButton({ message, onOpen, ref }: EditButtonProps) {
  const say = useSay();
  const { isBusy, ownId } = useMessageControls();
  // Its place is kept until it is known whose message this is.
  if (ownId === undefined) return <span className="size-7" />;
  if (ownId === null || message.metadata?.authorId !== ownId || !message.parts.every(isSayable)) return null;
  return (
    <Button
      aria-disabled={isBusy}
      aria-label={say('edit.open')}
      className={editClass}
      onClick={() => !isBusy && onOpen()}
      ref={ref}
      size="smallIcon"
      title={say(isBusy ? 'edit.busy' : 'edit.open')}
      variant="quiet"
    >
      <Pencil aria-hidden className="size-3.5" />
    </Button>
  );
}
