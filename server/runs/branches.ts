/** Which branch of a chat's messages is shown: the one that ends in chat.current_leaf_id. */
import { inChat } from './enqueue.ts';
import { RunFault } from './errors.ts';
import { findActiveRunId } from './queue.ts';
import type { RunDatabase } from './run-database.ts';
import { turnTo } from './shown-branch.ts';

export type SelectBranchInput = { workspaceId: string; chatId: string; messageId: string };

/**
 * Show the branch with this message, down to the newest message below it. Refused while the chat is being answered:
 * the answer in progress is always on the shown branch, so that whoever watches sees what Stop would stop, and what is
 * queued behind it follows it. What is held will follow the branch that is shown when it goes out.
 *
 * @returns the last message of the branch; repeating changes nothing
 * @throws RunFault NOT_FOUND, RUN_ACTIVE
 */
export async function selectBranch(db: RunDatabase, input: SelectBranchInput): Promise<{ leafId: string }> {
  const turned = await inChat(db, input, async (client) => {
    const activeId = await findActiveRunId(client, input.chatId);
    if (activeId) throw new RunFault('RUN_ACTIVE', 'this chat is being answered', activeId);
    return turnTo(client, input);
  });
  if (turned.isNews) db.hints.chatChanged(input);
  return { leafId: turned.leafId };
}
