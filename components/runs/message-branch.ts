import type { ChatMessage } from '#domain/message-view';

/**
 * Put a message that was added or edited into the shown branch. A known one stays where it is. A new one follows its
 * parent; what stood there before belongs to an older branch and leaves, unless that is the newer one.
 *
 * @param branch oldest first; not changed
 */
export function placeMessage(branch: readonly ChatMessage[], message: ChatMessage): ChatMessage[] {
  const known = branch.findIndex(({ id }) => id === message.id);
  if (known >= 0) return branch.with(known, message);
  const parentId = message.metadata?.parentId ?? null;
  const parent = parentId === null ? -1 : branch.findIndex(({ id }) => id === parentId);
  if (parent < 0 && parentId !== null) return [...branch, message];
  const successor = branch[parent + 1];
  if (successor && createdAt(successor) > createdAt(message)) return [...branch];
  return [...branch.slice(0, parent + 1), message];
}

const createdAt = (message: ChatMessage) => message.metadata?.createdAt ?? '';
