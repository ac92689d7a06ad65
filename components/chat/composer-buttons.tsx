import { ArrowUp, CornerRightUp, Square } from 'lucide-react';
import { ariaKeysOf, keysOf, shortcuts } from '#components/shortcuts/shortcuts.ts';
import { useIsMac } from '#components/shortcuts/use-is-mac.ts';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';

export type ComposerButtonsProps = {
  canSend: boolean;
  /** null when there is nothing to stop, and so nothing to interrupt */
  onStop: (() => void) | null;
  onInterrupt: () => void;
};

/** Send, and while an answer is being written also what to do about it. Send submits the form that it stands in. */
export function ComposerButtons({ canSend, onStop, onInterrupt }: ComposerButtonsProps) {
  const say = useSay();
  const isMac = useIsMac();
  return (
    <div className="ms-auto flex gap-2">
      {onStop && (
        <>
          <Button
            aria-keyshortcuts={ariaKeysOf(shortcuts.interrupt, isMac)}
            aria-label={say('composer.interrupt')}
            disabled={!canSend}
            onClick={onInterrupt}
            size="icon"
            title={say('composer.interrupt.hint', { keys: keysOf(shortcuts.interrupt, isMac).join(' + ') })}
          >
            <CornerRightUp aria-hidden className="size-4" />
          </Button>
          <Button aria-label={say('composer.stop')} onClick={onStop} size="icon" title={say('composer.stop')}>
            <Square aria-hidden className="size-3.5 fill-current" />
          </Button>
        </>
      )}
      <Button
        aria-label={say('composer.send')}
        disabled={!canSend}
        size="icon"
        title={say(onStop ? 'composer.queue.hint' : 'composer.send')}
        type="submit"
        variant="primary"
      >
        <ArrowUp aria-hidden className="size-5" />
      </Button>
    </div>
  );
}
