import { Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { maxMessageLength } from '#domain/input-limits';
import type { ChatMessage } from '#domain/message-view';
import { focusMessageBoxByKeyboard } from './message-box.ts';
import { textOf } from './message-text.ts';
import { lineClass, QueuedText } from './queue-box.tsx';
import type { QueueEditing } from './use-queue-edit.ts';

export type QueuedMessageProps = {
  message: ChatMessage;
  editor: QueueEditing;
  onRemove: (messageId: string) => void;
};

/** One message of the queue. Another one can be edited when this one is done. */
export function QueuedMessage({ message, editor, onRemove }: QueuedMessageProps) {
  const say = useSay();
  const text = textOf(message);
  const isEdited = editor.edit?.messageId === message.id;
  const editButton = useFocusAfter(isEdited);
  if (editor.edit && isEdited) return <EditedMessage editor={editor} text={editor.edit.text} />;
  return (
    <li className={lineClass}>
      <QueuedText parts={message.parts} />
      <Button
        aria-label={say('queue.edit')}
        disabled={editor.edit !== null}
        onClick={() => editor.begin({ id: message.id, text })}
        ref={editButton}
        size="icon"
        title={say('queue.edit')}
        variant="quiet"
      >
        <Pencil aria-hidden className="size-4" />
      </Button>
      <Button
        aria-label={say('queue.remove')}
        onClick={() => {
          onRemove(message.id);
          // The button that had the focus goes.
          focusMessageBoxByKeyboard();
        }}
        size="icon"
        title={say('queue.remove')}
        variant="quiet"
      >
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  );
}

/** Who has been at something goes back to the button that began it. */
function useFocusAfter(isAtIt: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const wasAtIt = useRef(isAtIt);
  useEffect(() => {
    if (wasAtIt.current && !isAtIt) button.current?.focus();
    wasAtIt.current = isAtIt;
  }, [isAtIt]);
  return button;
}

const boxClass =
  'block field-sizing-content max-h-[30dvh] min-h-9 w-full resize-none rounded-md border border-border-strong ' +
  'bg-background px-2 py-1.5';

/** Enter saves, Escape gives up. */
function EditedMessage({ editor, text }: { editor: QueueEditing; text: string }) {
  const say = useSay();
  const canSave = !editor.isSaving && text.trim() !== '' && text.length <= maxMessageLength;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) event.preventDefault();
    if (event.key === 'Escape') editor.cancel();
    if (event.key === 'Enter' && !event.shiftKey && canSave) editor.save();
  };
  return (
    <li className="border-border px-3 py-2 not-first:border-t">
      <textarea
        aria-label={say('queue.text')}
        autoFocus={editor.isFresh}
        className={boxClass}
        dir="auto"
        onChange={(event) => editor.type(event.target.value)}
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        onKeyDown={onKeyDown}
        readOnly={editor.isSaving}
        rows={1}
        value={text}
      />
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={editor.cancel} size="small" variant="quiet">
          {say('queue.cancel')}
        </Button>
        <Button disabled={!canSave} onClick={editor.save} size="small" variant="primary">
          {say('queue.save')}
        </Button>
      </div>
    </li>
  );
}
