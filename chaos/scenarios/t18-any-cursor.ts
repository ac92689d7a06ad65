import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChunksEvent } from '#domain/run-event';
import { decodeCursor, encodeCursor } from '#server/runs/cursor';
import { eventually } from '#server/testing/eventually';
import type { ChaosFollower } from '../chaos-follower.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { createTurn, type Turn } from '../turn.ts';

const kinds = ['none', 'first', 'any', 'last', 'last + 1', 'far beyond', 'garbage', 'foreign'] as const;
type Kind = (typeof kinds)[number];

const followersAtOnce = 100;
const words = 400;

/** Clients come with every cursor there is, while an answer is written and after its journal is gone. */
export const t18: Scenario = {
  id: 'T18',
  title: '100 followers reconnect at random cursors',
  async run(stage) {
    await stage.setUp({ webs: 2, workers: 1 });
    const rounds = stage.pick(1, 10);
    for (let round = 0; round < rounds; round++) await playRound(stage);
    return { iterations: rounds, struck: { 'strange cursor': rounds * followersAtOnce * 1.25 } };
  },
};

async function playRound(stage: Stage): Promise<void> {
  const [guest, stranger] = [await stage.signIn(), await stage.signIn()];
  const foreign = await stage.ask(stranger, 'words=10');
  const earlier = await stage.ask(guest, 'words=10');
  await Promise.all([foreign.ended(), earlier.ended()]);

  const gate = `t18-${earlier.chatId}`;
  const turn = await askAgain(stage, earlier, `words=${words} gate=${gate}`);
  await stage.model.release(gate, 20);
  await turn.wordsOf(1);
  const cursors = createCursors(stage, { own: earlier.follower, foreign: foreign.follower });
  const joined: ChaosFollower[] = [];
  for (let count = 0; count < followersAtOnce; count++) {
    joined.push(join(stage, turn, cursors));
    await stage.model.release(gate, stage.random(0, 2));
    await pause(stage.random(0, 10));
  }
  await Promise.all(joined.map((follower) => follower.until(({ type }) => type === 'run', 'the beginning of a stream')));
  await stage.model.release(gate, words);
  await Promise.all([turn, ...joined.map((follower) => createTurn({ ...turn, follower }))].map((each) => each.ended()));

  await pruneJournal(stage, turn.runId);
  const late = Array.from({ length: followersAtOnce / 4 }, () => join(stage, turn, cursors));
  await Promise.all(late.map((follower) => createTurn({ ...turn, follower }).ended()));
  // Whoever hangs does not hear of this one; the kit waits for all of them.
  await askAgain(stage, earlier, 'words=10');
  const { rows } = await stage.database.pool.query<{ last_seq: number }>('SELECT last_seq FROM run WHERE id = $1', [turn.runId]);
  const whole = { runId: turn.runId, lastSeq: rows[0]!.last_seq };
  for (const follower of [...joined, ...late]) expectRightStart(stage, whole, follower);
  for (const follower of joined) expectEnd(stage, whole, follower);
  for (const follower of late.filter((each) => isStrange(each, whole, foreign))) expectEnd(stage, whole, follower);
}

/** In the same chat, heard by the same follower. */
async function askAgain(stage: Stage, earlier: Turn, directives: string): Promise<Turn> {
  const question = stage.question(directives);
  const { id: runId } = await earlier.guest.start(earlier.chatId, question);
  const turn = createTurn({ ...earlier, runId, question });
  stage.turns.push(turn);
  return turn;
}

type Cursors = Record<Kind, () => string | undefined>;

function createCursors({ random }: Stage, { own, foreign }: Record<'own' | 'foreign', ChaosFollower>): Cursors {
  const oneOf = ({ events }: ChaosFollower) => events[random(0, events.length - 1)]!.id;
  const shifted = (by: number) => {
    const last = decodeCursor(own.lastEventId!)!;
    return encodeCursor({ ...last, seq: last.seq + by });
  };
  const garbage = ['0', '-1', 'nonsense', '1.2.3', '\0', '%00', 'é'.repeat(200), `0.${randomUUID()}.0`, '999999999'];
  return {
    none: () => undefined,
    first: () => own.events[0]!.id,
    any: () => oneOf(own),
    last: () => own.lastEventId,
    'last + 1': () => shifted(1),
    'far beyond': () => shifted(1_000_000),
    garbage: () => garbage[random(0, garbage.length - 1)],
    foreign: () => oneOf(foreign),
  };
}

/** At either web process, over either kind of stream. */
function join(stage: Stage, { guest, chatId }: Turn, cursors: Cursors): ChaosFollower {
  const kind = kinds[stage.random(0, kinds.length - 1)]!;
  const by = stage.random(0, 1) ? 'socket' : 'events';
  return guest.follow(chatId, { by, lastEventId: cursors[kind]() }, stage.webs[stage.random(0, 1)]!);
}

type Whole = { runId: string; lastSeq: number };

function chunksHeard({ events }: ChaosFollower, { runId }: Whole): ChunksEvent[] {
  return events.flatMap(({ event }) => (event.type === 'chunks' && event.runId === runId ? [event] : []));
}

/** The next chunk after a cursor of this run, or everything anew. */
function expectRightStart(stage: Stage, whole: Whole, follower: ChaosFollower): void {
  const [first] = chunksHeard(follower, whole);
  if (!first || first.replace) return;
  const { firstCursor = '' } = follower;
  const cursor = decodeCursor(firstCursor);
  if (cursor?.runId === whole.runId && cursor.seq + 1 === first.fromSeq) return;
  stage.fail(`${whole.runId}: after the cursor "${firstCursor}" came ${first.fromSeq}–${first.toSeq}, without a replace`);
}

/** Whoever has come before the end has heard it, and so has everybody whose cursor is worth nothing. */
function expectEnd(stage: Stage, whole: Whole, follower: ChaosFollower): void {
  const heard = chunksHeard(follower, whole).at(-1)?.toSeq ?? 0;
  if (heard === whole.lastSeq) return;
  stage.fail(`${whole.runId}: after the cursor "${follower.firstCursor}" came chunks up to ${heard} of ${whole.lastSeq}`);
}

function isStrange({ firstCursor }: ChaosFollower, { lastSeq }: Whole, foreign: Turn): boolean {
  if (firstCursor === undefined) return false;
  const cursor = decodeCursor(firstCursor);
  return cursor === null || cursor.runId === foreign.runId || cursor.seq > lastSeq;
}

/** As if it had ended long ago, until a sweeper has seen that. */
async function pruneJournal({ database }: Stage, runId: string): Promise<void> {
  const age = (interval: string) =>
    database.pool.query('UPDATE run SET finished_at = finished_at + $2::interval WHERE id = $1', [runId, interval]);
  await age('-1 hour');
  await eventually('the journal to be deleted', async () => {
    const { rowCount } = await database.pool.query(
      'SELECT FROM run WHERE id = $1 AND journal_pruned_at IS NOT NULL',
      [runId],
    );
    return rowCount === 1;
  });
  await age('1 hour');
}
