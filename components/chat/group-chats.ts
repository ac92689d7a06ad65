import type { ChatListItem } from '#domain/chat-view';
import { dayOf } from './day.ts';

/** `month` is 2026-11 and the like, for what is older than a week. */
export type ChatAge = { kind: 'today' | 'yesterday' | 'week' } | { kind: 'month'; month: string };
export type ChatGroup = { age: ChatAge; chats: ChatListItem[] };

const dayMs = 86_400_000;

/**
 * The chats by the age of their latest activity, in the order they are in.
 *
 * @param clock the day it is and where
 */
export function groupChats(
  chats: readonly ChatListItem[],
  { today, timeZone }: { today: string; timeZone: string },
): ChatGroup[] {
  const groups: ChatGroup[] = [];
  for (const chat of chats) {
    const age = ageOf(dayOf(chat.lastActivityAt, timeZone), today);
    const last = groups.at(-1);
    if (last && isSame(last.age, age)) last.chats.push(chat);
    else groups.push({ age, chats: [chat] });
  }
  return groups;
}

/** @param day a calendar day, as `today`: 2026-11-25 */
function ageOf(day: string, today: string): ChatAge {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / dayMs);
  // The server's clock may be ahead of this one.
  if (days <= 0) return { kind: 'today' };
  if (days === 1) return { kind: 'yesterday' };
  return days <= 7 ? { kind: 'week' } : { kind: 'month', month: day.slice(0, 7) };
}

function isSame(one: ChatAge, other: ChatAge): boolean {
  return one.kind === other.kind && (one.kind !== 'month' || other.kind !== 'month' || one.month === other.month);
}
