'use client';

import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { formText } from '#components/ui/form-text.ts';
import { TextField } from '#components/ui/text-field';
import { toast } from '#components/ui/toast.ts';
import { useSay } from '#components/words/words-context';
import type { ChatListItem } from '#domain/chat-view';
import { maxTitleLength } from '#domain/input-limits';

export type ChatDialogProps = { chat: ChatListItem; onClose: () => void };

export function RenameChatDialog({ chat, onClose }: ChatDialogProps) {
  const say = useSay();
  const rename = useMutation(
    useTRPC().chat.rename.mutationOptions({
      onSuccess: onClose,
      onError: (error) => toast.error(say(`refusal.${reasonOf(error)}`)),
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = formText(new FormData(event.currentTarget), 'title').trim();
    if (title !== '') rename.mutate({ chatId: chat.id, title });
  };
  return (
    <Dialog onClose={onClose} title={say('chats.rename.title')}>
      <form className="mt-4" onSubmit={submit}>
        <TextField
          autoFocus
          defaultValue={chat.title}
          label={say('chats.rename.field')}
          maxLength={maxTitleLength}
          name="title"
          required
        />
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>{say('dialog.cancel')}</Button>
          <Button disabled={rename.isPending} type="submit" variant="primary">
            {say('chats.rename')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
