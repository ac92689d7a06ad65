'use client';

import type { RunStateChange } from '#components/runs/run-state.ts';
import { Button } from '#components/ui/button';
import { useAnnounced } from '#components/ui/use-announced.ts';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { partsOf } from './attachment.ts';
import type { Outgoing } from './draft-state.ts';
import { QueueBox, QueuedLine, sayQueue } from './queue-box.tsx';
import { useQueueEditor } from './use-queue-editor.ts';

export type MessageQueueProps = {
  chatId: string;
  queued: readonly ChatMessage[];
  /** the shown branch: what was queued may have gone there */
  messages: readonly ChatMessage[];
  /** a message on its way into the queue */
  sending: Outgoing | null;
  /** an answer is being written */
  busy: boolean;
  apply: (change: RunStateChange) => void;
  /** words whose message has left the queue meanwhile */
  onKept: (text: string) => void;
};

/** What waits to be sent: to read at once, to change and to take back as soon as the code for that has come. */
export function MessageQueue(props: MessageQueueProps) {
  const { chatId, queued, busy } = props;
  const say = useSay();
  const sending = queued.some(({ id }) => id === props.sending?.id) ? null : props.sending;
  const count = queued.length + (sending ? 1 : 0);
  const paused = queued.filter(({ metadata }) => metadata?.queue?.paused).length;
  useAnnounced(sayQueue(say, { count, paused }));
  const { Editor, load } = useQueueEditor(chatId, count > 0);
  if (Editor) return <Editor {...props} sending={sending} />;
  if (count === 0) return null;
  const trouble = Editor === null && (
    <>
      {say('refusal.UNREACHABLE')}
      <Button onClick={load} size="small">
        {say('composer.retry')}
      </Button>
    </>
  );
  return (
    <QueueBox busy={busy} count={count} onResume={null} paused={paused} trouble={trouble || null}>
      {queued.map((message) => (
        <QueuedLine key={message.id} parts={message.parts} />
      ))}
      {sending && <QueuedLine isNew parts={partsOf(sending)} />}
    </QueueBox>
  );
}
