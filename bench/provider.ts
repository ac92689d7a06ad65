import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { projectPath } from '../scripts/project.js';
import type { ModelRequest } from '#server/testing/model-answer';

/** The scripted model server, in a process of its own. */
export type Provider = {
  /** for OPENAI_COMPATIBLE_BASE_URL */
  url: string;
  /** when it saw that its client had gone, in the request whose question contains `part`; waits for it */
  untilAborted(part: string): Promise<number>;
  kill(): void;
};

export async function startProvider(): Promise<Provider> {
  const child = spawn(process.execPath, [projectPath('server/testing/model-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url,
    async untilAborted(part) {
      for (;;) {
        const found = await fetch(`${new URL('/__requests', url)}?question=${encodeURIComponent(part)}`);
        const [request] = (await found.json()) as ModelRequest[];
        if (request?.abortedAt) return request.abortedAt;
        await pause(5);
      }
    },
    kill: () => void child.kill(),
  };
}
