import type { ChatMessage } from '#domain/message-view';

/**
 * Put a message that was added or edited into the shown branch. A known one stays where it is. A new one follows its
 * parent; what stood there before belongs to an older branch and leaves, unless it is the newer one. Parent and child
 * may be told of in either order.
 *
 * @param branch oldest first; not changed
 */
export function placeMessage(branch: readonly ChatMessage[], message: ChatMessage): ChatMessage[] {
  const known = branch.findIndex(({ id }) => id === message.id);
  if (known >= 0) return branch.with(known, message);
  const end = endOfAncestors(branch, message);
  const child = branch.findIndex((other) => parentIdOf(other) === message.id);
  if (child >= 0) return [...branch.slice(0, Math.min(end, child)), message, ...branch.slice(child)];
  const rival = branch[end];
  if (rival && createdAt(rival) > createdAt(message)) return [...branch];
  return [...branch.slice(0, end), message];
}

/** Where the message belongs: right after its parent; at the end while the parent is not known. */
function endOfAncestors(branch: readonly ChatMessage[], message: ChatMessage): number {
  const parentId = parentIdOf(message);
  if (parentId === null) return 0;
  const parent = branch.findIndex(({ id }) => id === parentId);
  return parent < 0 ? branch.length : parent + 1;
}

const parentIdOf = (message: ChatMessage) => message.metadata?.parentId ?? null;
const createdAt = (message: ChatMessage) => message.metadata?.createdAt ?? '';
