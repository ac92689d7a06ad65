'use client';

import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf } from '#components/api/api-error.ts';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useSay } from '#components/words/words-context';
import type { ChatDialogProps } from './rename-chat-dialog.tsx';

export function DeleteChatDialog({ chat, onClose }: ChatDialogProps) {
  const say = useSay();
  const remove = useMutation(
    useTRPC().chat.delete.mutationOptions({
      onSuccess: onClose,
      onError: (error) => toast.error(say(`refusal.${reasonOf(error)}`)),
    }),
  );
  return (
    <Dialog
      description={say('chats.delete.text', { title: chat.title || say('chats.untitled') })}
      onClose={onClose}
      title={say('chats.delete.title')}
    >
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>{say('dialog.cancel')}</Button>
        <Button disabled={remove.isPending} onClick={() => remove.mutate({ chatId: chat.id })} variant="danger">
          {say('chats.delete')}
        </Button>
      </div>
    </Dialog>
  );
}
