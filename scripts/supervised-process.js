import { spawn } from 'node:child_process';
import { projectRoot } from './project.js';
import { decideRestart } from './restart-delay.js';

/**
 * One of our processes, started again whenever it ends. It must end by itself when its IPC channel closes, so that
 * nothing outlives a supervisor that was killed.
 */
export class SupervisedProcess {
  name;
  #script;
  #readEnvironment;
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  /** @type {NodeJS.Timeout | undefined} */
  #restartTimer;
  #earlyDeaths = 0;
  #stopping = false;

  /**
   * @param {object} part
   * @param {string} part.name as people read it: "web"
   * @param {string} part.script path below the project
   * @param {() => NodeJS.ProcessEnv} part.readEnvironment asked at each start
   */
  constructor({ name, script, readEnvironment }) {
    this.name = name;
    this.#script = script;
    this.#readEnvironment = readEnvironment;
  }

  /**
   * @returns {Promise<number | null>} exit code of this first process, once it has ended; null when it was killed
   */
  start() {
    const startedAt = performance.now();
    // Detached: Ctrl-C reaches the whole foreground group, and they are to stop in order.
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', this.#script], {
      cwd: projectRoot,
      env: this.#readEnvironment(),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    this.#child = child;
    child.once('error', (error) => console.error(`${this.name} cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      this.#child = null;
      if (!this.#stopping) this.#scheduleRestart(performance.now() - startedAt, signal ?? `code ${code}`);
    });
    return new Promise((ended) => child.once('exit', ended));
  }

  /** Start a fresh process in place of this one: for changed sources or settings. */
  async restart() {
    await this.stop(10_000);
    this.#stopping = false;
    this.#earlyDeaths = 0;
    void this.start();
  }

  /**
   * @param {number} patienceMs how long it may take to end by itself before it is killed
   * @returns {Promise<void>} resolves when it has ended
   */
  async stop(patienceMs) {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((end) => child.once('exit', end));
    child.kill('SIGTERM');
    const killTimer = setTimeout(() => {
      console.error(`${this.name} does not stop; killing it`);
      child.kill('SIGKILL');
    }, patienceMs);
    await ended;
    clearTimeout(killTimer);
  }

  kill() {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    this.#child?.kill('SIGKILL');
  }

  /**
   * @param {number} lifeMs
   * @param {string} cause
   */
  #scheduleRestart(lifeMs, cause) {
    const { delayMs, earlyDeaths } = decideRestart(this.#earlyDeaths, lifeMs);
    this.#earlyDeaths = earlyDeaths;
    console.error(`${this.name} ended unexpectedly (${cause}); starting it again in ${delayMs / 1000} s`);
    this.#restartTimer = setTimeout(() => void this.start(), delayMs);
  }
}
