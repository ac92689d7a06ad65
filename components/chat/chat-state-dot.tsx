import { useSay } from '#components/words/words-context';
import { isActive, type RunStatus } from '#domain/run-status';

export type ChatStateDotProps = { status: RunStatus | null; isUnread: boolean };

/** One dot that says what a chat is doing: being answered, failed, or holding something unread. */
export function ChatStateDot({ status, isUnread }: ChatStateDotProps) {
  const say = useSay();
  if (status && isActive(status)) return <Dot className="answering bg-primary" label={say('chats.answering')} />;
  if (!isUnread) return null;
  if (status === 'failed') return <Dot className="bg-danger" label={say('chats.failed')} />;
  return <Dot className="bg-primary" label={say('chats.unread')} />;
}

function Dot({ className, label }: { className: string; label: string }) {
  return (
    <span
      aria-label={label}
      className={`signal ms-auto size-2 shrink-0 rounded-full ${className}`}
      role="img"
      title={label}
    />
  );
}
