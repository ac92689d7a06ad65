/** Many readers at once, in a process of their own: what they cost is not charged to whom they read. */
import { spawn } from 'node:child_process';
import { projectPath } from '../scripts/project.js';
import type { CrowdAnswer } from './crowd-main.ts';

export type ContenderName = 'Holdfast' | 'floor';

export type Gathering = {
  contender: ContenderName;
  /** web processes, taken in turns */
  origins: readonly string[];
  /** so many come in addition to those who are there */
  count: number;
  /** of the dripping provider */
  directives: string;
};

/** Many who watch one chat. */
export type Watching = { origin: string; cookie: string; chatId: string; count: number };

export type CrowdOrder =
  | ({ kind: 'gather' } & Gathering)
  | ({ kind: 'watch' } & Watching)
  | { kind: 'listen'; ms: number }
  | { kind: 'disperse' };

/** What was heard in a stretch of time; ages of words in milliseconds. */
export type Heard = { words: number; bytes: number; p50: number; p95: number; p99: number };
export type CrowdReport = Heard | Record<string, never>;

export type Crowd = {
  /** Resolves when each of them has heard the first words of the answer. */
  gather(gathering: Gathering): Promise<void>;
  /** Resolves when each of them has heard words. */
  watch(watching: Watching): Promise<void>;
  /** What all of them hear in the next `ms`. */
  listen(ms: number): Promise<Heard>;
  /** Resolves when every answer is over, which somebody else brings about. */
  disperse(): Promise<void>;
  kill(): void;
};

/** @throws from every method when an answer fails */
export function startCrowd(): Crowd {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', projectPath('bench/crowd-main.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const order = (what: CrowdOrder) =>
    new Promise<CrowdReport>((resolve, reject) => {
      const leave = () => reject(new Error('the crowd has left'));
      child.once('exit', leave);
      child.once('message', (answer: CrowdAnswer) => {
        child.off('exit', leave);
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.report);
      });
      child.send(what);
    });
  return {
    gather: async (gathering) => void (await order({ kind: 'gather', ...gathering })),
    watch: async (watching) => void (await order({ kind: 'watch', ...watching })),
    listen: async (ms) => (await order({ kind: 'listen', ms })) as Heard,
    disperse: async () => void (await order({ kind: 'disperse' })),
    kill: () => void child.kill('SIGKILL'),
  };
}
