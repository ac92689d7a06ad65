import { isActive, type RunStatus } from '#domain/run-status';

export type ChatStateDotProps = { status: RunStatus | null; isUnread: boolean };

/** One dot that says what a chat is doing: being answered, failed, or holding something unread. */
export function ChatStateDot({ status, isUnread }: ChatStateDotProps) {
  if (status && isActive(status)) return <Dot className="answering bg-primary" label="Answering" />;
  if (!isUnread) return null;
  if (status === 'failed') return <Dot className="bg-danger" label="Failed" />;
  return <Dot className="bg-primary" label="Unread" />;
}

function Dot({ className, label }: { className: string; label: string }) {
  return (
    <span
      aria-label={label}
      className={`ml-auto size-2 shrink-0 rounded-full ${className}`}
      role="img"
      title={label}
    />
  );
}
