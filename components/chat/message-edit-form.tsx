'use client';

import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { maxMessageLength } from '#domain/input-limits';
import { type MessageEdit, type MessageEditOptions, useMessageEdit } from './use-message-edit.ts';

/** isBusy: an answer is being written */
export type MessageEditFormProps = MessageEditOptions & { isBusy: boolean };

/** A message being said anew in other words. Enter sends, Shift+Enter breaks the line, Escape leaves it as it was. */
export function MessageEditForm({ isBusy, ...options }: MessageEditFormProps) {
  const say = useSay();
  const edit = useMessageEdit(options);
  const canSend = !edit.isSending && !isBusy && edit.text.trim() !== '' && edit.text.length <= maxMessageLength;
  const send = () => canSend && edit.send();
  return (
    <form
      className="w-full rounded-2xl border border-border-strong bg-card shadow-sm focus-within:border-primary"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <WordingBox edit={edit} onSend={send} />
      <div className="flex flex-wrap items-center justify-end gap-2 p-2">
        <p aria-live="polite" className={`me-auto px-2 text-sm ${edit.refusal ? 'text-danger' : 'text-muted-foreground'}`}>
          <Hint edit={edit} isBusy={isBusy} />
        </p>
        <Button onClick={edit.cancel} variant="quiet">
          {say('edit.cancel')}
        </Button>
        <Button disabled={!canSend} type="submit" variant="primary">
          {say('edit.send')}
        </Button>
      </div>
    </form>
  );
}

const boxClass =
  'block field-sizing-content max-h-[50dvh] min-h-12 w-full resize-none bg-transparent px-4 pt-3 pb-1 outline-none';

function WordingBox({ edit, onSend }: { edit: MessageEdit; onSend: () => void }) {
  const say = useSay();
  const { text, wasKept } = edit;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Nobody has asked for words that were only kept.
    if (wasKept) return;
    const end = box.current?.value.length ?? 0;
    box.current?.focus();
    box.current?.setSelectionRange(end, end);
  }, [wasKept]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') edit.cancel();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onSend();
  };
  return (
    <textarea
      aria-label={say('edit.box')}
      className={boxClass}
      dir="auto"
      onChange={(event) => edit.type(event.target.value)}
      onKeyDown={onKeyDown}
      readOnly={edit.isSending}
      ref={box}
      rows={1}
      value={text}
    />
  );
}

function Hint({ edit: { text, refusal }, isBusy }: { edit: MessageEdit; isBusy: boolean }) {
  const say = useSay();
  if (text.length > maxMessageLength) return say('composer.tooLong', { count: maxMessageLength });
  if (isBusy) return say('edit.busy');
  return refusal ? say('edit.notSent', { why: say(`refusal.${refusal}`) }) : say('edit.hint');
}
