import { type ChildProcess, type Serializable, spawn } from 'node:child_process';
import { projectRoot } from '../../scripts/project.js';
import { LogWatch } from './log-watch.ts';
import { instant } from './model-answer.ts';

/** How a process ended. */
export type ProcessEnd = { code: number | null; signal: NodeJS.Signals | null };

/** A real web or worker process. Like the supervisor's children it ends by itself when we are gone. */
export class StartedProcess {
  readonly log = new LogWatch();
  /** resolves when it is gone */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;

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
    this.ended = new Promise((end) => this.#child.once('exit', (code, signal) => end({ code, signal })));
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) this.log.hear(stream);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** @throws with what it said, when it ends before it says this */
  async untilSaid(message: string): Promise<void> {
    const ended = this.ended.then(() => {
      throw new Error(`a process ended before it said "${message}":\n${this.log.toString()}`);
    });
    await Promise.race([this.log.until(({ msg }) => msg === message), ended]);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Over its IPC channel. */
  send(message: Serializable): void {
    this.#child.send(message, () => undefined);
  }

  /** Say something, and resolve with the next thing that it says. */
  ask(message: Serializable): Promise<Serializable> {
    return new Promise((resolve) => {
      this.#child.once('message', resolve);
      this.send(message);
    });
  }

  /** What it says over its IPC channel. */
  onMessage(hear: (message: Serializable) => void): void {
    this.#child.on('message', hear);
  }

  /** SIGKILL: nothing is tidied up. Resolves when it is gone, with the instant of the signal (see `instant`). */
  async kill(): Promise<number> {
    const killedAt = instant();
    this.signal('SIGKILL');
    await this.ended;
    return killedAt;
  }
}
