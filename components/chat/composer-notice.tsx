'use client';

import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button';
import { maxMessageLength } from '#domain/input-limits';
import { sentenceFor } from '#components/api/api-error.ts';
import type { DraftState } from './draft-state.ts';

export type ComposerNoticeProps = { draft: DraftState; busy: boolean; onRetry: () => void };

const placeClass = 'pointer-events-none absolute inset-x-0 bottom-full flex justify-center px-4 pb-1';
const noticeClass =
  'appear pointer-events-auto flex items-center gap-3 rounded-lg border border-border-strong bg-card px-3 py-1.5 ' +
  'text-sm shadow-md';

/** Why what is typed has not been sent. Lies over the end of the conversation, so that nothing moves. */
export function ComposerNotice({ draft, busy, onRetry }: ComposerNoticeProps) {
  const router = useRouter();
  const notice = noticeFor(draft, busy);
  return (
    <div aria-live="polite" className={placeClass}>
      {notice && (
        <div className={noticeClass}>
          <span>{notice.text}</span>
          {notice.way === 'retry' && (
            <Button onClick={onRetry} size="small">
              Retry
            </Button>
          )}
          {notice.way === 'signIn' && (
            <Button onClick={() => router.refresh()} size="small">
              Sign in
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

type Notice = { text: string; way: 'retry' | 'signIn' | null };

function noticeFor({ text, outgoing }: DraftState, busy: boolean): Notice | null {
  if (text.length > maxMessageLength) {
    return { text: `A message holds at most ${maxMessageLength.toLocaleString('en')} characters.`, way: null };
  }
  if (outgoing?.phase !== 'refused' || outgoing.reason === null || text.trim() === '') return null;
  if (outgoing.reason === 'RUN_ACTIVE') {
    return busy ? { text: 'Not sent yet: an answer is still being written. Your text is kept.', way: null } : null;
  }
  const sentence = `Not sent. ${sentenceFor(outgoing.reason)} Your text is kept.`;
  return { text: sentence, way: outgoing.reason === 'UNAUTHORIZED' ? 'signIn' : 'retry' };
}
