'use client';

import { ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { Button } from '#components/ui/button';
import { useSay } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import { useMessageControls } from './message-controls.ts';
import type { VersionWay } from './use-branch-choice.ts';

/** Which of the versions of a message is shown, and the way to the others. Nothing for the only one. */
export function VersionSwitcher({ message }: { message: ChatMessage }) {
  const siblings = message.metadata?.siblings ?? [];
  const index = siblings.indexOf(message.id);
  return index < 0 || siblings.length < 2 ? null : <Switcher index={index} messageId={message.id} siblings={siblings} />;
}

type SwitcherProps = { messageId: string; siblings: readonly string[]; index: number };

function Switcher({ messageId, siblings, index }: SwitcherProps) {
  const say = useSay();
  const { isBusy, branches } = useMessageControls();
  const group = useRef<HTMLDivElement>(null);
  const { takePlace } = branches;
  useLayoutEffect(() => {
    const place = takePlace(messageId);
    if (place && group.current) returnTo(group.current, place);
  }, [messageId, takePlace]);
  const position = { number: index + 1, count: siblings.length };
  const arrow = (way: VersionWay) => {
    const target = siblings[way === 'previous' ? index - 1 : index + 1];
    return {
      isRefused: target === undefined || isBusy || branches.isPending,
      reason: isBusy ? say('edit.busy') : undefined,
      onGo() {
        if (target === undefined || !group.current) return;
        branches.show({ messageId: target, way, top: group.current.getBoundingClientRect().top });
      },
      way,
    };
  };
  return (
    <div
      aria-label={say('branch.version', position)}
      className="-mx-1 flex items-center text-sm text-muted-foreground tabular-nums"
      ref={group}
      role="group"
    >
      <Arrow {...arrow('previous')} icon={ChevronLeft} name={say('branch.previous')} />
      <span aria-hidden>
        {position.number}/{position.count}
      </span>
      <Arrow {...arrow('next')} icon={ChevronRight} name={say('branch.next')} />
    </div>
  );
}

type ArrowProps = {
  icon: LucideIcon;
  name: string;
  way: VersionWay;
  isRefused: boolean;
  reason: string | undefined;
  onGo: () => void;
};

/** Stays where the focus can be when it leads nowhere: at an end, and while an answer is being written. */
function Arrow({ icon: Icon, name, way, isRefused, reason, onGo }: ArrowProps) {
  return (
    <Button
      aria-disabled={isRefused}
      aria-label={name}
      className="aria-disabled:cursor-default aria-disabled:opacity-45 aria-disabled:hover:bg-transparent"
      data-way={way}
      onClick={() => !isRefused && onGo()}
      size="smallIcon"
      title={reason ?? name}
      variant="quiet"
    >
      <Icon aria-hidden className="size-4 rtl:-scale-x-100" />
    </Button>
  );
}

/** The switcher of the other version stands where that of the first one was, and the focus with it. */
function returnTo(group: HTMLElement, { way, top }: { way: VersionWay; top: number }): void {
  const log = group.closest('[role=log]');
  if (log) log.scrollTop += group.getBoundingClientRect().top - top;
  group.querySelector<HTMLElement>(`[data-way=${way}]`)?.focus({ preventScroll: true });
}
