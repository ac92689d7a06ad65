/** The dripping provider (drip-main.ts), in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { projectPath } from '../scripts/project.js';

export type DripProvider = {
  /** for OPENAI_COMPATIBLE_BASE_URL */
  url: string;
  /** when the request with exactly this question was given up by its client (see `instant`), as soon as it is */
  whenAborted(question: string): Promise<number>;
  /** every answer under way comes to its end */
  endAll(): Promise<void>;
  kill(): void;
};

export async function startDripProvider(): Promise<DripProvider> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', projectPath('bench/drip-main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [url] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return {
    url,
    async whenAborted(question) {
      const answer = await fetch(`${new URL('/aborted', url)}?question=${encodeURIComponent(question)}`);
      return (await answer.json()) as number;
    },
    async endAll() {
      await (await fetch(new URL('/end', url), { method: 'POST' })).arrayBuffer();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
