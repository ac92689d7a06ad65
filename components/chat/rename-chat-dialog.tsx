'use client';

import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf, sentenceFor } from '#components/api/api-error.ts';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { formText } from '#components/ui/form-text.ts';
import { TextField } from '#components/ui/text-field';
import type { ChatListItem } from '#domain/chat-view';
import { maxTitleLength } from '#domain/input-limits';

export type ChatDialogProps = { chat: ChatListItem; onClose: () => void };

export function RenameChatDialog({ chat, onClose }: ChatDialogProps) {
  const rename = useMutation(
    useTRPC().chat.rename.mutationOptions({
      onSuccess: onClose,
      onError: (error) => toast.error(sentenceFor(reasonOf(error))),
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = formText(new FormData(event.currentTarget), 'title').trim();
    if (title !== '') rename.mutate({ chatId: chat.id, title });
  };
  return (
    <Dialog onClose={onClose} title="Rename chat">
      <form className="mt-4" onSubmit={submit}>
        <TextField autoFocus defaultValue={chat.title} label="Title" maxLength={maxTitleLength} name="title" required />
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={rename.isPending} type="submit" variant="primary">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
