'use client';

import { useEffect, useRef, type RefObject } from 'react';
import { messageAnchor, messageIdIn } from './chat-address.ts';

const markMs = 2_500;
const ownMoves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

export type Aim = {
  log: Readonly<RefObject<HTMLElement | null>>;
  /** the conversation no longer keeps to its end */
  leaveEnd: () => void;
  /** whether the message is one of those shown, now or soon */
  holds: (messageId: string) => boolean;
  /** Have the branch with it shown. @returns whether that was done */
  bring: (messageId: string) => Promise<boolean>;
};

/**
 * Brings the message that the address names into sight and marks it for a moment: when the chat opens, and whenever the
 * address comes to name one, from another branch too. The beginning of a long chat is rendered late; it is waited for.
 */
export function useAimedMessage(aim: Aim): void {
  const latest = useRef(aim);
  useEffect(() => {
    latest.current = aim;
  });
  useEffect(() => {
    let stopWaiting = () => {};
    const look = () => {
      stopWaiting();
      const messageId = messageIdIn(location.hash);
      if (messageId === null) return;
      const { holds, bring, leaveEnd, log } = latest.current;
      leaveEnd();
      const letGo = whenThere(log.current, messageAnchor(messageId), show);
      stopWaiting = letGo;
      if (!holds(messageId)) void bring(messageId).then((isShown) => !isShown && letGo());
    };
    look();
    addEventListener('hashchange', look);
    return () => {
      stopWaiting();
      removeEventListener('hashchange', look);
    };
  }, []);
}

/** Calls back once the element is there. Returns the way to wait no longer. */
function whenThere(place: HTMLElement | null, id: string, callback: (element: HTMLElement) => void): () => void {
  const find = () => {
    const element = document.getElementById(id);
    if (element) callback(element);
    return element !== null;
  };
  if (place === null || find()) return () => undefined;
  const observer = new MutationObserver(() => find() && observer.disconnect());
  observer.observe(place, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function show(message: HTMLElement): void {
  message.tabIndex = -1;
  // After the message box, which takes the focus when a chat opens.
  queueMicrotask(() => message.focus({ preventScroll: true }));
  const mark = { backgroundColor: 'var(--selected)', boxShadow: '0 0 0 0.5rem var(--selected)', borderRadius: '0.25rem' };
  const marking = message.animate([mark, { ...mark, offset: 0.6 }, {}], { duration: markMs, easing: 'ease-out' });
  const letGo = keepInSight(message);
  marking.onfinish = letGo;
}

/** What stands above gets its true height only when it comes near: until then, or until somebody scrolls, it is followed. */
function keepInSight(message: HTMLElement): () => void {
  const scroll = () => message.scrollIntoView({ block: 'center', behavior: 'instant' });
  const observer = new ResizeObserver(scroll);
  observer.observe(message.closest('[role=log]')?.firstElementChild ?? message);
  const letGo = () => {
    observer.disconnect();
    for (const type of ownMoves) removeEventListener(type, letGo);
  };
  for (const type of ownMoves) addEventListener(type, letGo, { passive: true });
  scroll();
  return letGo;
}
