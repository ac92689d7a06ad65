import { useSay } from '#components/words/words-context';

const lines = ['w-11/12', 'w-full', 'w-4/5', 'w-2/3'];

/** The shape of a conversation that is on its way: a question, an answer, the message box. */
export function ChatSkeleton() {
  const say = useSay();
  return (
    <div className="mx-auto flex min-h-0 w-full max-w-3xl flex-1 flex-col px-4 pb-3 md:pb-4">
      <p className="sr-only">{say('conversation.loading')}</p>
      <div aria-hidden className="min-h-0 flex-1 overflow-hidden pt-6">
        <div className="skeleton ms-auto h-12 w-1/2 rounded-2xl" />
        <div className="mt-8 space-y-3">
          {lines.map((width) => (
            <div className={`skeleton h-4 ${width}`} key={width} />
          ))}
        </div>
      </div>
      <div aria-hidden className="mt-9 h-25.5 rounded-2xl border border-border" />
    </div>
  );
}
