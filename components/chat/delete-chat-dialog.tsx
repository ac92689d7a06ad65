'use client';

import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTRPC } from '#components/api/api-context.ts';
import { reasonOf, sentenceFor } from '#components/api/api-error.ts';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import type { ChatDialogProps } from './rename-chat-dialog.tsx';

export function DeleteChatDialog({ chat, onClose }: ChatDialogProps) {
  const remove = useMutation(
    useTRPC().chat.delete.mutationOptions({
      onSuccess: onClose,
      onError: (error) => toast.error(sentenceFor(reasonOf(error))),
    }),
  );
  return (
    <Dialog
      description={`“${chat.title || 'Untitled chat'}” and everything said in it will be gone.`}
      onClose={onClose}
      title="Delete this chat?"
    >
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button disabled={remove.isPending} onClick={() => remove.mutate({ chatId: chat.id })} variant="danger">
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
