'use client';

import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button';
import { maxMessageLength } from '#domain/input-limits';
import type { ApiErrorReason } from '#components/api/api-error.ts';
import type { Say } from '#components/words/say.ts';
import { useSay } from '#components/words/words-context';
import type { DraftState } from './draft-state.ts';

export type ComposerNoticeProps = { draft: DraftState; onRetry: () => void };

const placeClass = 'pointer-events-none absolute inset-x-0 bottom-full flex justify-center px-4 pb-1';
const noticeClass =
  'appear pointer-events-auto flex items-center gap-3 rounded-lg border border-border-strong bg-card px-3 py-1.5 ' +
  'text-sm shadow-md';

/** Why what is typed has not been sent. Lies over the end of the conversation, so that nothing moves. */
export function ComposerNotice({ draft, onRetry }: ComposerNoticeProps) {
  const say = useSay();
  const router = useRouter();
  const notice = noticeFor(say, draft);
  return (
    <div aria-live="polite" className={placeClass}>
      {notice && (
        <div className={noticeClass}>
          <span>{notice.text}</span>
          {notice.way === 'retry' && (
            <Button onClick={onRetry} size="small">
              {say('composer.retry')}
            </Button>
          )}
          {notice.way === 'signIn' && (
            <Button onClick={() => router.refresh()} size="small">
              {say('composer.signIn')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

type Notice = { text: string; way: 'retry' | 'signIn' | null };

function noticeFor(say: Say, { text, attachments, outgoing }: DraftState): Notice | null {
  if (text.length > maxMessageLength) {
    return { text: say('composer.tooLong', { count: maxMessageLength }), way: null };
  }
  const faulty = attachments.some(({ fault }) => fault !== null) ? { text: say('composer.filesInTheWay'), way: null } : null;
  if (outgoing?.phase !== 'refused' || outgoing.reason === null) return faulty;
  if (text.trim() === '' && attachments.length === 0) return null;
  const sentence = say('composer.notSent', { why: say(`refusal.${outgoing.reason}`) });
  return { text: sentence, way: wayOutOf(outgoing.reason) };
}

function wayOutOf(reason: ApiErrorReason): Notice['way'] {
  if (reason === 'UNAUTHORIZED') return 'signIn';
  // The same message would be refused again while it holds a file that is gone.
  return reason === 'FILE_GONE' ? null : 'retry';
}
