'use client';

import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { fits, shortcuts } from '#components/shortcuts/shortcuts.ts';
import { isMac } from '#components/shortcuts/use-is-mac.ts';
import { useSay } from '#components/words/words-context';
import { maxMessageLength } from '#domain/input-limits';
import { ComposerButtons } from './composer-buttons.tsx';
import { messageBoxId } from './message-box.ts';
import type { SendWay } from './use-send.ts';

export type ComposerProps = {
  text: string;
  onText: (text: string) => void;
  onSend: (way: SendWay) => void;
  /** while a message is on its way no second one is sent */
  isSending: boolean;
  /** null when there is nothing to stop */
  onStop: (() => void) | null;
  /** beside the buttons */
  children: ReactNode;
};

const boxClass =
  'block field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-4 pt-3 pb-1 outline-none ' +
  'placeholder:text-muted-foreground';

/** The message box. Enter sends, Shift+Enter breaks the line, the shortcut `interrupt` does not wait for an answer in progress. */
export function Composer({ text, onText, onSend, isSending, onStop, children }: ComposerProps) {
  const say = useSay();
  const box = useRef<HTMLTextAreaElement>(null);
  const canSend = !isSending && text.trim() !== '' && text.length <= maxMessageLength;
  useTextTypedBeforeHydration(box, onText);
  useEffect(() => {
    focusWithKeyboard(box.current);
  }, []);

  const send = (way: SendWay) => {
    if (!canSend) return;
    onSend(way);
    focusWithKeyboard(box.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(fits(shortcuts.interrupt, event, isMac()) ? 'interrupt' : 'queue');
  };
  return (
    <form
      className="rounded-2xl border border-border-strong bg-card shadow-md transition-colors focus-within:border-primary"
      onSubmit={(event) => {
        event.preventDefault();
        send('queue');
      }}
    >
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
      <div className="flex items-center gap-2 p-2">
        {children}
        <ComposerButtons canSend={canSend} onInterrupt={() => send('interrupt')} onStop={onStop} />
      </div>
    </form>
  );
}

/** On a touch screen the focus would bring up the keyboard over the conversation. */
function focusWithKeyboard(box: HTMLTextAreaElement | null): void {
  if (matchMedia('(pointer: fine)').matches) box?.focus();
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
