import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../../scripts/project.js';
import { LogWatch } from './log-watch.ts';

/** A real web or worker process. Like the supervisor's children it ends by itself when we are gone. */
export class StackProcess {
  readonly log = new LogWatch();
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  /**
   * @param script path below the project
   * @param variables its whole environment, beside PATH
   */
  constructor(script: string, variables: Record<string, string>) {
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#ended = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) this.log.hear(stream);
  }

  /** @throws with what it said, when it ends before it says this */
  async untilSaid(message: string): Promise<void> {
    const ended = this.#ended.then(() => {
      throw new Error(`a process ended before it said "${message}":\n${this.log.toString()}`);
    });
    await Promise.race([this.log.until(({ msg }) => msg === message), ended]);
  }

  /** SIGKILL: nothing is tidied up. Resolves when it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
