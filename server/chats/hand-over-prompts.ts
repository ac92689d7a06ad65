import type pg from 'pg';
import { maxPromptNameLength } from '#domain/input-limits';
import type { Membership } from './list-chats.ts';

type NamedPrompt = { id: string; name: string; isAlike: boolean };

/**
 * Make one person's prompts another's. One whose name is taken gets a number behind it, unless it is the same text as
 * well; where that makes more than a person may save, all are kept. In the caller's transaction.
 */
export async function handOverPrompts(client: pg.ClientBase, from: Membership, to: Membership): Promise<void> {
  const { rows: own } = await client.query<{ name: string }>('SELECT name FROM prompt WHERE workspace_id = $1 AND user_id = $2', [
    to.workspaceId,
    to.userId,
  ]);
  const { rows: coming } = await client.query<NamedPrompt>(
    `SELECT id, name, EXISTS (SELECT FROM prompt AS kept
                               WHERE kept.workspace_id = $3 AND kept.user_id = $4
                                 AND kept.name = prompt.name AND kept.text = prompt.text) AS "isAlike"
       FROM prompt WHERE workspace_id = $1 AND user_id = $2 ORDER BY name`,
    [from.workspaceId, from.userId, to.workspaceId, to.userId],
  );
  const ownNames = new Set(own.map(({ name }) => name));
  const taken = new Set([...ownNames, ...coming.map(({ name }) => name)]);
  for (const { id, name, isAlike } of coming) {
    if (isAlike) continue;
    const free = ownNames.has(name) ? numberedName(name, taken) : name;
    taken.add(free);
    await client.query('UPDATE prompt SET workspace_id = $2, user_id = $3, name = $4, updated_at = now() WHERE id = $1', [
      id,
      to.workspaceId,
      to.userId,
      free,
    ]);
  }
}

/** The name with the first number behind it that makes it free, cut where it would grow too long. */
function numberedName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const ending = ` (${number})`;
    // Half a character cannot be stored.
    const beginning = name.slice(0, maxPromptNameLength - ending.length).replace(/[\uD800-\uDBFF]$/, '');
    const free = beginning.trimEnd() + ending;
    if (!taken.has(free)) return free;
  }
}
