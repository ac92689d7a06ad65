'use client';

import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { fits, shortcuts } from '#components/shortcuts/shortcuts.ts';
import { isMac } from '#components/shortcuts/use-is-mac.ts';
import { useSay } from '#components/words/words-context';
import { maxMessageLength } from '#domain/input-limits';
import { ComposerButtons } from './composer-buttons.tsx';
import { focusMessageBoxByKeyboard, messageBoxId } from './message-box.ts';
import type { SendWay } from './use-send.ts';

export type ComposerProps = {
  text: string;
  onText: (text: string) => void;
  onSend: (way: SendWay) => void;
  /** there is something to send, and all of it is there */
  isComplete: boolean;
  /** while a message is on its way no second one is sent */
  isSending: boolean;
  /** null when there is nothing to stop */
  onStop: (() => void) | null;
  /** over the box */
  desk: ReactNode;
  /** beside the buttons */
  children: ReactNode;
};

/** The message box. Enter sends, Shift+Enter breaks the line, the shortcut `interrupt` does not wait for an answer in progress. */
export function Composer({ text, onText, onSend, isComplete, isSending, onStop, desk, children }: ComposerProps) {
  const canSend = !isSending && isComplete && text.length <= maxMessageLength;
  const send = (way: SendWay) => {
    if (!canSend) return;
    onSend(way);
    focusMessageBoxByKeyboard();
  };
  return (
    <form
      className="relative rounded-2xl border border-border-strong bg-card shadow-md transition-colors focus-within:border-primary"
      onSubmit={(event) => {
        event.preventDefault();
        send('queue');
      }}
    >
      {desk}
      <MessageBox onSend={send} onText={onText} text={text} />
      <div className="flex items-center gap-2 p-2">
        {children}
        <ComposerButtons canSend={canSend} onInterrupt={() => send('interrupt')} onStop={onStop} />
      </div>
    </form>
  );
}

const boxClass =
  'block field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-4 pt-3 pb-1 outline-none ' +
  'placeholder:text-muted-foreground';

function MessageBox({ text, onText, onSend }: Pick<ComposerProps, 'text' | 'onText' | 'onSend'>) {
  const say = useSay();
  const box = useRef<HTMLTextAreaElement>(null);
  useTextTypedBeforeHydration(box, onText);
  useEffect(() => {
    focusMessageBoxByKeyboard();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSend(fits(shortcuts.interrupt, event, isMac()) ? 'interrupt' : 'queue');
  };
  return (
    <textarea
      aria-label={say('composer.box')}
      className={boxClass}
      dir="auto"
      id={messageBoxId}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder={say('composer.placeholder')}
      ref={box}
      rows={1}
      value={text}
    />
  );
}

/** React does not hear what is typed into the server's HTML before it takes over, and would overwrite it. */
function useTextTypedBeforeHydration(
  box: { current: HTMLTextAreaElement | null },
  onText: (text: string) => void,
): void {
  const report = useRef(onText);
  useLayoutEffect(() => {
    const typed = box.current?.value;
    if (typed) report.current(typed);
  }, [box]);
}
