/** The scripted model server, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { projectPath } from '../../scripts/project.js';
import type { ModelRequest } from './model-answer.ts';
import type { ModelScript } from './model-script.ts';

export type ModelProcess = {
  /** for OPENAI_COMPATIBLE_BASE_URL */
  url: string;
  /** the requests so far whose question contains `part`, in order */
  requests(part: string): Promise<ModelRequest[]>;
  /** the first request whose question contains `part` and for which this holds, as soon as it does */
  until(part: string, condition: (request: ModelRequest) => boolean): Promise<ModelRequest>;
  /** let so many pieces more through a gate */
  release(gate: string, pieces: number): Promise<void>;
  /** what a model does with requests that say nothing else */
  script(model: string, script: ModelScript): Promise<void>;
  kill(): void;
};

const lookEveryMs = 5;

export async function startModelProcess(): Promise<ModelProcess> {
  const child = spawn(process.execPath, [projectPath('server/testing/model-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [url] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const requests = async (part: string) => {
    const found = await fetch(`${new URL('/__requests', url)}?question=${encodeURIComponent(part)}`);
    return (await found.json()) as ModelRequest[];
  };
  const post = async (path: string, body: object) => {
    const answer = await fetch(new URL(path, url), { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the model server: ${answer.status} ${await answer.text()}`);
  };
  return {
    url,
    requests,
    async until(part, condition) {
      for (;;) {
        const found = (await requests(part)).find(condition);
        if (found) return found;
        await pause(lookEveryMs);
      }
    },
    release: (gate, pieces) => post('/__release', { gate, pieces }),
    script: (model, script) => post('/__script', { model, script }),
    kill: () => void child.kill('SIGKILL'),
  };
}
