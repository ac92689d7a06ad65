'use client';

import { Pencil } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from '#components/ui/button';
import { classNames } from '#components/ui/class-names.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { messageAnchor } from './chat-address.ts';
import { useMessageControls } from './message-controls.ts';
import { MessageDetails } from './message-details.tsx';
import { textOf } from './message-text.ts';
import { VersionSwitcher } from './version-switcher.tsx';

const MessageEditForm = lazy(async () => ({ default: (await import('./message-edit-form.tsx')).MessageEditForm }));

export type UserArticleProps = { message: ChatMessage; isSending: boolean };

const bubbleClass = 'max-w-[85%] rounded-2xl rounded-ee-md bg-bubble px-4 py-2.5 wrap-anywhere whitespace-pre-wrap';

/** What a person said; its author can say it anew in other words. */
export function UserArticle({ message, isSending }: UserArticleProps) {
  const say = useSay();
  const { editedId } = useMessageControls();
  const bubble = (
    <div className={classNames(bubbleClass, isSending && 'opacity-60')} dir="auto">
      {textOf(message)}
    </div>
  );
  if (editedId === message.id) {
    return (
      <article aria-label={say('message.you')} className="flex justify-end" id={messageAnchor(message.id)}>
        <Suspense fallback={bubble}>
          <MessageEditForm />
        </Suspense>
      </article>
    );
  }
  return (
    <div className="group/message">
      <article aria-label={say('message.you')} className="flex justify-end" id={messageAnchor(message.id)}>
        {bubble}
      </article>
      <div className="flex min-h-8 flex-wrap items-center justify-end gap-x-2">
        <MessageDetails message={message} />
        <EditButton message={message} />
        <VersionSwitcher message={message} />
      </div>
    </div>
  );
}

const editClass =
  'aria-disabled:cursor-default aria-disabled:opacity-45 pointer-fine:opacity-0 pointer-fine:focus-visible:opacity-100 ' +
  'pointer-fine:group-focus-within/message:opacity-100 pointer-fine:group-hover/message:opacity-100 ' +
  'pointer-fine:aria-disabled:group-hover/message:opacity-45';

/** Only words can be said anew: what else a message holds would be lost. */
function EditButton({ message }: { message: ChatMessage }) {
  const say = useSay();
  const { openEdit, editedId, isBusy, ownId } = useMessageControls();
  // Its place is kept until it is known whose message this is.
  if (ownId === undefined) return <span className="size-7" />;
  const { authorId, status } = message.metadata ?? {};
  if (authorId !== ownId || status === 'queued' || message.parts.some(({ type }) => type !== 'text')) return null;
  const obstacle = isBusy ? say('edit.busy') : editedId === null ? null : say('edit.other');
  return (
    <Button
      aria-disabled={obstacle !== null}
      aria-label={say('edit.open')}
      className={editClass}
      data-edit={message.id}
      onClick={() => obstacle === null && openEdit(message)}
      size="smallIcon"
      title={obstacle ?? say('edit.open')}
      variant="quiet"
    >
      <Pencil aria-hidden className="size-3.5" />
    </Button>
  );
}
