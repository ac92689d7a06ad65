import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '#server/testing/eventually';
import { insertChat, type TestChat } from '#server/testing/run-factories';
import { useRunDatabase } from '#server/testing/run-database';
import { startTestWorker } from '#server/testing/test-worker';
import { untilSettled } from '#server/testing/until-settled';
import { startRun } from './enqueue.ts';
import { armRacePoint } from './race-points.ts';
import { findMessage } from './reads.ts';
import { rescueExpiredRuns } from './sweeps.ts';
import { toolTookTooLong } from './tool-ledger.ts';
import { requestStop } from './transitions.ts';

const store = useRunDatabase();

const start = async (chat: TestChat) => {
  const message = { parts: [{ type: 'text' as const, text: 'hello' }] };
  return (await startRun(store.db, { ...chat, model: 'demo:demo', message })).run;
};
const callsOf = (runId: string) =>
  store.db.prisma.runToolCall.findMany({ where: { runId }, orderBy: { ordinal: 'asc' } });
const untilStarted = (runId: string, count: number) =>
  eventually('the tools to be started', async () => (await callsOf(runId)).length === count);
const mail = { toolCallId: 'mail-1', toolName: 'mail', idempotent: false };
const look = { toolCallId: 'look-2', toolName: 'look', idempotent: true };
const never = () => new Promise<never>(() => undefined);

/** A run whose model has just called `mail` and `look`. */
async function callTools(options: Parameters<typeof startTestWorker>[1] = {}) {
  const first = await startTestWorker(store.url, options);
  const chat = await insertChat(store.db);
  const run = await start(chat);
  const turn = await first.agent.nextTurn(run.id);
  turn.say({ type: 'start' });
  await turn.beginStep();
  turn.callTools('mail', 'look');
  return { first, chat, run, turn };
}

/** Another worker takes the run, as after a freeze of the first. */
async function takeOver({ first, run }: Pick<Awaited<ReturnType<typeof callTools>>, 'first' | 'run'>) {
  await first.db.boss.offWork('run');
  const second = await startTestWorker(store.url);
  await eventually('the run to be taken from its owner', async () => {
    const expire = `UPDATE run SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND epoch = 1`;
    await store.db.pool.query(expire, [run.id]);
    await rescueExpiredRuns(store.db, 3, 0);
    return (await store.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).epoch === 2;
  });
  return second.agent.nextTurn(run.id);
}

describe('a tool', () => {
  it('starts only when its model call and its own start are recorded, and its answer is recorded', async () => {
    const { run, turn } = await callTools();
    const outcome = await turn.input.runTool(look, async ({ idempotencyKey }) => {
      expect(await store.db.prisma.runModelCall.count({ where: { runId: run.id, stepNumber: 1 } })).toBe(1);
      expect(await callsOf(run.id)).toMatchObject([{ ordinal: 2, toolName: 'look', starts: 1, finishedAt: null }]);
      return { idempotencyKey };
    });
    expect(outcome).toEqual({ kind: 'result', output: { idempotencyKey: `${run.id}.1.2` } });
    expect(await callsOf(run.id)).toMatchObject([{ outcome, finishedAt: expect.any(Date) as Date }]);
  });

  it('waits for its model call when the call has not come through yet', async () => {
    const { agent } = await startTestWorker(store.url);
    const run = await start(await insertChat(store.db));
    const turn = await agent.nextTurn(run.id);
    const answered = turn.input.runTool(mail, async () => 'sent');
    turn.callTools('mail');
    expect(await answered).toEqual({ kind: 'result', output: 'sent' });
  });

  it('answers with an error when it throws and when it says too much', async () => {
    const { turn } = await callTools();
    const failing = () => Promise.reject(new Error('no such address'));
    expect(await turn.input.runTool(mail, failing)).toEqual({ kind: 'error', message: 'no such address' });
    expect(await turn.input.runTool(look, async () => 'x'.repeat(1_000_001))).toMatchObject({ kind: 'error' });
  });

  it('answers with an error when it takes too long, whether it listens to the signal or not', async () => {
    const timeouts = { firstChunkSeconds: 60, chunkSeconds: 60, stepSeconds: 300, toolSeconds: 0.05, totalSeconds: 600 };
    const { turn } = await callTools({ timeouts });
    expect(await turn.input.runTool(mail, never)).toEqual({ kind: 'error', message: toolTookTooLong });
  });

  it('does not start when its run has ended while the database was asked', async () => {
    const { run, turn } = await callTools();
    const asked = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    onTestFinished(
      armRacePoint('after-tool-write', () => {
        asked.resolve();
        return ended.promise;
      }),
    );
    const started = vi.fn();
    const mailing = turn.input.runTool(mail, started).catch(() => 'over');
    await asked.promise;
    await requestStop(store.db, { runId: run.id, userId: null });
    await untilSettled(store.db, run.id);
    ended.resolve();
    expect(await mailing).toBe('over');
    expect(started).not.toHaveBeenCalled();
  });

  it('is told of the end when the answer breaks off beside it', async () => {
    const { turn } = await callTools();
    const told = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const mailing = turn.input
      .runTool(mail, ({ abortSignal }) => {
        abortSignal.addEventListener('abort', () => told.resolve());
        begun.resolve();
        return never();
      })
      .catch(() => 'over');
    await begun.promise;
    turn.fail({ code: 'PROVIDER_CUT', detail: 'cut' });
    await told.promise;
    expect(await mailing).toBe('over');
  });

  it('finds its call whatever characters the provider puts into its id, and records what it says', async () => {
    const { agent } = await startTestWorker(store.url);
    const run = await start(await insertChat(store.db));
    const turn = await agent.nextTurn(run.id);
    const odd = { ...mail, toolCallId: 'mail\0-1' };
    turn.callTools('mail\0');
    const halved = `${'x'.repeat(9_999)}😀`;
    const outcome = await turn.input.runTool(odd, () => Promise.reject(new Error(halved)));
    expect(outcome).toMatchObject({ kind: 'error' });
    expect(await callsOf(run.id)).toMatchObject([{ toolCallId: 'mail-1', outcome: { kind: 'error' } }]);
  });

  it('does not start once a stop was asked for; what was started and spent before is in the record', async () => {
    const { run, turn } = await callTools();
    await turn.input.runTool(mail, async () => 'sent');
    await requestStop(store.db, { runId: run.id, userId: null });
    const started = vi.fn();
    await expect(turn.input.runTool(look, started)).rejects.toBeDefined();
    expect(started).not.toHaveBeenCalled();
    expect(await untilSettled(store.db, run.id)).toMatchObject({
      status: 'aborted',
      usage: { inputTokens: 20, outputTokens: 7, totalTokens: 27, estimated: false },
      toolsActed: [{ toolName: 'mail', stepCompleted: false }],
    });
  });
});

describe('takeover in the middle of tools', () => {
  it('hands on the recorded call and its recorded answers, and wipes nothing', async () => {
    const scene = await callTools();
    const { turn, run, chat } = scene;
    expect(await turn.input.runTool(mail, async () => 'sent')).toEqual({ kind: 'result', output: 'sent' });
    turn.say({ type: 'tool-output-available', toolCallId: 'mail-1', output: 'sent' });
    const looking = turn.input.runTool(look, never).catch(() => 'over');
    await untilStarted(run.id, 2);
    const again = await takeOver(scene);
    expect(await looking).toBe('over');
    expect(again.input.openCall).toMatchObject({
      finishReason: { unified: 'tool-calls' },
      content: [{ toolName: 'mail' }, { toolName: 'look' }],
    });
    const mailing = vi.fn();
    expect(await again.input.runTool(mail, mailing)).toEqual({ kind: 'result', output: 'sent' });
    expect(mailing).not.toHaveBeenCalled();
    const looked = await again.input.runTool(look, async ({ idempotencyKey }) => idempotencyKey);
    expect(looked).toEqual({ kind: 'result', output: `${run.id}.1.2` });
    again.say({ type: 'tool-output-available', toolCallId: 'mail-1', output: 'sent' });
    again.say({ type: 'tool-output-available', toolCallId: 'look-2', output: 'seen' });
    again.endStep();
    again.say({ type: 'finish' });
    again.end();
    expect(await untilSettled(store.db, run.id)).toMatchObject({ status: 'succeeded', stepCount: 1, epoch: 2 });
    const journal = await store.db.prisma.runChunk.findMany({ where: { runId: run.id } });
    const text = journal.map(({ body }) => body).join('');
    expect(text).not.toContain('reset-step');
    expect(text.match(/"tool-output-available"/g)).toHaveLength(2);
    const message = await findMessage(store.db, chat.chatId, run.assistantMessageId);
    expect(message?.parts.filter((part) => 'toolCallId' in part)).toHaveLength(2);
  });

  it('never starts a tool again that is not declared idempotent: its outcome is unknown', async () => {
    const scene = await callTools();
    const mailing = scene.turn.input.runTool(mail, never).catch(() => 'over');
    await untilStarted(scene.run.id, 1);
    const again = await takeOver(scene);
    expect(await mailing).toBe('over');
    const started = vi.fn();
    expect(await again.input.runTool(mail, started)).toEqual({ kind: 'unknown' });
    expect(started).not.toHaveBeenCalled();
    expect(await callsOf(scene.run.id)).toMatchObject([{ starts: 1, epoch: 1 }]);
  });

  it('lets no answer of a replaced owner into the record', async () => {
    const scene = await callTools();
    const { run, turn } = scene;
    const taken = Promise.withResolvers<void>();
    onTestFinished(armRacePoint('before-tool-record', () => taken.promise));
    const looking = turn.input.runTool(look, async () => 'by the first').catch(() => 'over');
    await untilStarted(run.id, 1);
    await takeOver(scene);
    taken.resolve();
    expect(await looking).toBe('over');
    expect(await callsOf(run.id)).toMatchObject([{ outcome: null }]);
  });
});
