import { EventEmitter, once } from 'node:events';
import pg from 'pg';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { useTestDatabase } from '#server/testing/database';
import { controlChannel, createHints } from './hints.ts';

describe('createHints', () => {
  const database = useTestDatabase();

  function startHints(maxUsage?: number) {
    const warnings: Array<{ msg: string; usage: number; skipped: number }> = [];
    const log = pino({ level: 'warn' }, { write: (line) => void warnings.push(JSON.parse(line)) });
    const hints = createHints({ connectionString: database.url, log, ...(maxUsage !== undefined && { maxUsage }) });
    return { hints, warnings };
  }

  async function listen() {
    const client = new pg.Client({ connectionString: database.url });
    const heard = new EventEmitter();
    client.on('notification', ({ payload }) => heard.emit('payload', payload));
    await client.connect();
    await client.query(`LISTEN ${controlChannel}`);
    onTestFinished(() => client.end());
    return heard;
  }

  it('delivers while the queue has room', async () => {
    const { hints, warnings } = startHints();
    const heard = once(await listen(), 'payload');
    hints.stopRequested({ runId: 'a' });
    expect(await heard).toEqual(['{"runId":"a"}']);
    await hints.close();
    expect(warnings).toEqual([]);
  });

  it('stays silent when the queue is too full, and says so once a minute', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    onTestFinished(() => now.mockRestore());
    const { hints, warnings } = startHints(0);
    const heard = await listen();
    const first = once(heard, 'payload');
    const hint = async (runId: string, atMs: number) => {
      now.mockReturnValue(atMs);
      hints.stopRequested({ runId });
      await hints.close();
    };
    await hint('a', 0);
    await hint('b', 59_999);
    expect(warnings).toMatchObject([{ msg: 'the notification queue is too full, hints are skipped', usage: 0, skipped: 1 }]);
    await hint('c', 60_000);
    expect(warnings).toHaveLength(2);
    const { hints: others } = startHints();
    others.stopRequested({ runId: 'd' });
    expect(await first).toEqual(['{"runId":"d"}']);
    await others.close();
  });
});
