/**
 * One run in the hands of several owners, with everything happening at once: each passes its race points in an order
 * that fast-check chooses. Real journals, real database; only the writers' clock is made.
 */
import type { Scheduler } from 'fast-check';
import { vi } from 'vitest';
import type { Chunk } from '#domain/message-view';
import { claimRun } from '#server/runs/claim';
import { startRun } from '#server/runs/enqueue';
import { createJournal, type Journal, type RunWriter } from '#server/runs/journal';
import { chunksOf, hasOpenStep, readJournal } from '#server/runs/journal-reading';
import type { Lease } from '#server/runs/lease';
import type { JournalAlarm } from '#server/runs/open-run';
import { armRacePoint, type RacePoint } from '#server/runs/race-points';
import type { RunDatabase } from '#server/runs/run-database';
import { settleLostRun, settleOwnedRun } from '#server/runs/settle';
import { requestStop } from '#server/runs/transitions';
import { endLease } from './end-lease.ts';
import { insertChat, insertWorker } from './run-factories.ts';
import { silentLog } from './run-database.ts';

/** What can be begun; `owner` counts from the newest. */
export type JournalCommand =
  | { kind: 'write'; owner: number; count: number }
  /** two seconds pass for the timers */
  | { kind: 'renew' }
  /** the writers' process stands still past its lease */
  | { kind: 'freeze' }
  | { kind: 'stop' }
  /** the lease ends, as the database sees it */
  | { kind: 'expire' }
  | { kind: 'claim' }
  /** the lease ends, and somebody claims the run: an append in between keeps it. waits: nothing new is begun meanwhile */
  | { kind: 'takeOver'; waits: boolean }
  /** drained: once everything written has landed, as an owner does */
  | { kind: 'settle'; owner: number; outcome: 'succeeded' | 'aborted'; drained: boolean }
  /** a sweeper settles the run if it finds the lease ended */
  | { kind: 'settleLost' }
  /** the lease ends, and a sweeper settles the run: an append in between keeps it */
  | { kind: 'giveUp' }
  /** the answer to one of the next statements does not arrive */
  | { kind: 'loseAnswer' };

/** A claim of the run and what it wrote. */
export type JournalOwner = {
  lease: Lease;
  /** the journal's length at the claim */
  claimedAtSeq: number;
  writer: RunWriter;
  written: Chunk[];
  alarms: JournalAlarm[];
};
/** owners: in the order of their epochs */
export type PlayedScenario = { runId: string; chatId: string; owners: JournalOwner[] };

const leaseSeconds = 15;
const points: RacePoint[] = ['before-claim', 'before-flush', 'after-flush', 'before-settle', 'inside-settle', 'after-settle', 'before-stop'];
/** Their answers can be lost. */
const lossy: RacePoint[] = ['after-flush', 'after-settle'];

/** Begin every command in its turn, let all of it happen in the scheduler's order, and wait until it is quiet. */
export async function playJournalScenario(
  db: RunDatabase,
  scheduler: Scheduler,
  commands: readonly JournalCommand[],
): Promise<PlayedScenario> {
  const clock = createMadeClock();
  const scene = await openScene(db);
  const disarms = points.map((point) =>
    armRacePoint(point, async () => {
      if (point === 'before-flush') scene.flushes += 1;
      if (point === 'after-flush' && --scene.flushes === 0) scene.onQuiet();
      await scheduler.schedule(Promise.resolve(), point);
      if (lossy.includes(point) && scene.losses-- > 0) throw new Error('connection reset');
      scene.losses = Math.max(scene.losses, 0);
    }),
  );
  try {
    await scheduler.waitFor(playAll(scene, clock, { scheduler, commands }));
    return scene;
  } finally {
    for (const disarm of disarms) disarm();
    for (const { writer } of scene.owners) writer.close();
    for (const journal of scene.journals) journal.close();
    clock.restore();
  }
}

type Scene = PlayedScenario & {
  db: RunDatabase;
  journals: Journal[];
  /** answers still to be lost */
  losses: number;
  /** appends under way, those included whose owner has given up; what to call when there are none */
  flushes: number;
  onQuiet: () => void;
};

async function openScene(db: RunDatabase): Promise<Scene> {
  const chat = await insertChat(db);
  const { run } = await startRun(db, { ...chat, model: 'demo:demo', message: { parts: [{ type: 'text', text: 'hello' }] } });
  const scene: Scene = { db, runId: run.id, chatId: chat.chatId, owners: [], journals: [], losses: 0, flushes: 0, onQuiet: () => undefined };
  await claim(scene);
  return scene;
}

type Play = { scheduler: Scheduler; commands: readonly JournalCommand[] };

async function playAll(scene: Scene, clock: MadeClock, { scheduler, commands }: Play): Promise<void> {
  const underWay: Promise<unknown>[] = [];
  for (const command of commands) {
    await scheduler.schedule(Promise.resolve(), JSON.stringify(command));
    const done = begin(scene, clock, command);
    underWay.push(done);
    if (command.kind === 'takeOver' && command.waits) await done;
  }
  await Promise.all(underWay);
  await Promise.allSettled(scene.owners.map(({ writer }) => writer.landed()));
  if (scene.flushes > 0) await new Promise<void>((resolve) => (scene.onQuiet = resolve));
}

async function begin(scene: Scene, clock: MadeClock, command: JournalCommand): Promise<unknown> {
  const { db, runId, owners } = scene;
  switch (command.kind) {
    case 'write':
      return write(owners.at(-1 - command.owner), command.count);
    case 'renew':
      return clock.pass(2_000);
    case 'freeze':
      return clock.jump(leaseSeconds * 1_000);
    case 'stop':
      return requestStop(db, { runId, userId: null });
    case 'expire':
      return endLease(db, runId);
    case 'claim':
      return claim(scene);
    case 'takeOver':
      return endLease(db, runId).then(() => claim(scene));
    case 'settle':
      return settleAs(db, owners.at(-1 - command.owner), command);
    case 'settleLost':
      return settleAsSweeper(scene);
    case 'giveUp':
      return endLease(db, runId).then(() => settleAsSweeper(scene));
    case 'loseAnswer':
      scene.losses += 1;
  }
}

/** As another process would: a journal of its own, and the half-written step wiped. */
async function claim(scene: Scene): Promise<void> {
  const { db, runId } = scene;
  const claimed = await claimRun(db, { runId, workerId: await insertWorker(db), leaseSeconds });
  if (!claimed) return;
  const { lease, run } = claimed;
  const isHalfWritten = hasOpenStep(chunksOf(await readJournal(db.pool, runId)));
  const journal = createJournal(db, { leaseSeconds, log: silentLog });
  scene.journals.push(journal);
  const alarms: JournalAlarm[] = [];
  const writer = journal.open(lease, run.last_seq, (alarm) => alarms.push(alarm));
  const owner: JournalOwner = { lease, claimedAtSeq: run.last_seq, writer, written: [], alarms };
  scene.owners.push(owner);
  // Claims that race are answered in any order; the later owner is the one with the higher epoch.
  scene.owners.sort((a, b) => a.lease.epoch - b.lease.epoch);
  if (isHalfWritten) writeChunk(owner, { type: 'reset-step' });
}

/** The next chunks of an answer that goes on for ever, in steps of one text each. */
function write(owner: JournalOwner | undefined, count: number): void {
  for (let i = 0; owner && i < count; i++) writeChunk(owner, nextChunk(owner));
}

function nextChunk({ lease, written }: JournalOwner): Chunk {
  const last = written.at(-1);
  const id = `${lease.epoch}.${written.filter(({ type }) => type === 'text-end').length}`;
  switch (last?.type) {
    case 'start-step':
    case 'reset-step':
      return { type: 'text-start', id };
    case 'text-start':
      return { type: 'text-delta', id, delta: `${written.length} ` };
    case 'text-delta':
      return written.length % 3 === 0 ? { type: 'text-end', id } : { type: 'text-delta', id, delta: `${written.length} ` };
    case 'text-end':
      return { type: 'finish-step' };
    default:
      return { type: 'start-step' };
  }
}

function writeChunk({ writer, written }: JournalOwner, chunk: Chunk): void {
  written.push(chunk);
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
  writer.write(chunk, chunk.type === 'finish-step' ? { responseMessages: [], finishReason: 'stop', usage } : undefined);
}

type Settle = Extract<JournalCommand, { kind: 'settle' }>;

async function settleAs(db: RunDatabase, owner: JournalOwner | undefined, { outcome, drained }: Settle): Promise<void> {
  if (!owner) return;
  const { lease, writer } = owner;
  if (drained) await writer.landed().catch(() => undefined);
  await repeat(() => settleOwnedRun(db, lease, { outcome: { kind: outcome }, lastSeq: writer.lastSeq() }));
}

async function settleAsSweeper({ db, runId, chatId }: Scene): Promise<void> {
  const { epoch } = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  const outcome = { kind: 'failed', code: 'WORKER_LOST', detail: 'a test' } as const;
  await repeat(() => settleLostRun(db, { runId, chatId, epoch }, outcome));
}

/** A settle whose answer was lost is sent again. */
async function repeat(settle: () => Promise<unknown>): Promise<void> {
  while (!(await settle().then(() => true, isUnlessLost)));
}

function isUnlessLost(error: Error): false {
  if (error.message !== 'connection reset') throw error;
  return false;
}

type MadeClock = { pass(ms: number): void; jump(ms: number): void; restore(): void };

/** For the lease timers of the journals alone; everything else keeps the machine's clock. */
function createMadeClock(): MadeClock {
  let nowMs = performance.now();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const tickMs = 200;
  const tick = (ms: number) => {
    nowMs += ms;
    vi.advanceTimersByTime(tickMs);
  };
  return {
    pass: (ms) => {
      for (let passed = 0; passed < ms; passed += tickMs) tick(tickMs);
    },
    jump: tick,
    restore() {
      spy.mockRestore();
      vi.useRealTimers();
    },
  };
}
