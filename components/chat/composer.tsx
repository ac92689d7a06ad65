'use client';

import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import { maxMessageLength } from '#domain/input-limits';
import { messageBoxId } from './message-box.ts';

export type ComposerProps = {
  text: string;
  onText: (text: string) => void;
  onSend: () => void;
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

/** The message box. Enter sends, Shift+Enter breaks the line. */
export function Composer({ text, onText, onSend, isSending, onStop, children }: ComposerProps) {
  const say = useSay();
  const box = useRef<HTMLTextAreaElement>(null);
  const canSend = !isSending && text.trim() !== '' && text.length <= maxMessageLength;
  useTextTypedBeforeHydration(box, onText);
  useEffect(() => {
    focusWithKeyboard(box.current);
  }, []);

  const send = () => {
    if (!canSend) return;
    onSend();
    focusWithKeyboard(box.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="rounded-2xl border border-border-strong bg-card shadow-md transition-colors focus-within:border-primary"
      onSubmit={(event) => {
        event.preventDefault();
        send();
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
        <div className="ms-auto flex gap-2">
          {onStop && (
            <Button aria-label={say('composer.stop')} onClick={onStop} size="icon" title={say('composer.stop')}>
              <Square aria-hidden className="size-3.5 fill-current" />
            </Button>
          )}
          <Button
            aria-label={say('composer.send')}
            disabled={!canSend}
            size="icon"
            title={say('composer.send')}
            type="submit"
            variant="primary"
          >
            <ArrowUp aria-hidden className="size-5" />
          </Button>
        </div>
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
