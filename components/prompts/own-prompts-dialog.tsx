'use client';

import { Trash2 } from 'lucide-react';
import { useId, useRef, type FormEvent } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { formText } from '#components/ui/form-text.ts';
import { TextField } from '#components/ui/text-field';
import { useSay } from '#components/words/words-context';
import { maxPromptLength, maxPromptNameLength } from '#domain/input-limits';
import type { SavedPrompt } from '#domain/saved-prompt';
import { useOwnPrompts } from './use-own-prompts.ts';

/** One's own prompts: to look at, to remove, to add to. */
export function OwnPromptsDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const nameFieldId = useId();
  const { list, save, remove } = useOwnPrompts();
  const removeOne = (promptId: string) => {
    remove.mutate({ promptId });
    // The button that had the focus goes.
    document.getElementById(nameFieldId)?.focus();
  };
  return (
    <Dialog description={say('prompt.own.text')} onClose={onClose} title={say('prompt.own.title')}>
      {list.isError && <p className="mt-4 text-danger">{say('prompt.own.broken')}</p>}
      {list.data?.items.length === 0 && <p className="mt-4 text-sm text-muted-foreground">{say('prompt.own.empty')}</p>}
      <ul className="mt-3 max-h-[30dvh] overflow-y-auto">
        {list.data?.items.map((prompt) => (
          <OwnPrompt key={prompt.id} onRemove={() => removeOne(prompt.id)} prompt={prompt} />
        ))}
      </ul>
      <PromptForm nameFieldId={nameFieldId} onClose={onClose} save={save} />
    </Dialog>
  );
}

function OwnPrompt({ prompt: { name, text }, onRemove }: { prompt: SavedPrompt; onRemove: () => void }) {
  const say = useSay();
  return (
    <li className="flex items-center gap-2 border-b border-border py-1 text-sm last:border-0">
      <span className="min-w-0 flex-1" dir="auto">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-muted-foreground">{text}</span>
      </span>
      <Button aria-label={say('prompt.remove', { name })} onClick={onRemove} size="icon" variant="quiet">
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  );
}

type PromptFormProps = { nameFieldId: string; save: ReturnType<typeof useOwnPrompts>['save']; onClose: () => void };

const textClass =
  'block max-h-[30dvh] min-h-24 w-full resize-none rounded-md border border-border-strong bg-card px-3 py-2 ' +
  'field-sizing-content';

/** Where another one is written. */
function PromptForm({ nameFieldId, save, onClose }: PromptFormProps) {
  const say = useSay();
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // React would hand it on to the form around the message box, which this dialog was opened from.
    event.stopPropagation();
    const given = new FormData(event.currentTarget);
    const prompt = { name: formText(given, 'name').trim(), text: formText(given, 'text') };
    if (prompt.name !== '' && prompt.text.trim() !== '') save.mutate(prompt, { onSuccess: () => form.current?.reset() });
  };
  return (
    <form className="mt-4 space-y-3" onSubmit={submit} ref={form}>
      <TextField autoFocus id={nameFieldId} label={say('prompt.name')} maxLength={maxPromptNameLength} name="name" required />
      <label className="block">
        <span className="mb-1 block text-sm font-medium">{say('prompt.text')}</span>
        <textarea className={textClass} dir="auto" maxLength={maxPromptLength} name="text" required />
      </label>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{say('prompt.close')}</Button>
        <Button disabled={save.isPending} type="submit" variant="primary">
          {say('prompt.save')}
        </Button>
      </div>
    </form>
  );
}
