import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../scripts/port.js';
import { projectPath, projectRoot } from '../../scripts/project.js';
import { type Figure, spreadOf } from '../figure.ts';
import { pick, type Scene } from '../scene.ts';

/** `npm start`, from the call to "Ready", when everything has been there once before. */
export async function measureStartUp(scene: Scene): Promise<Figure[]> {
  const directory = projectPath('.cache', 'bench', 'start');
  rmSync(directory, { recursive: true, force: true });
  await startOnce(directory);
  const seconds: number[] = [];
  for (let round = 0; round < pick(scene, 1, 3); round++) seconds.push((await startOnce(directory)) / 1_000);
  rmSync(directory, { recursive: true, force: true });
  return [
    { title: 'npm start, second time → Ready', unit: 's', ours: spreadOf(seconds), floor: null, aims: [{ kind: 'atMost', value: 5 }] },
  ];
}

async function startOnce(directory: string): Promise<number> {
  const startedAt = performance.now();
  const child: ChildProcess = spawn('npm', ['start'], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production' as const, DATABASE_URL: '', DATA_DIR: directory, PORT: String(await findFreePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilReady(child);
  const ms = performance.now() - startedAt;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return ms;
}

function untilReady(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`npm start ended:\n${said.join('\n')}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      said.push(line);
      if (line.startsWith('Ready on')) resolve();
    });
  });
}
