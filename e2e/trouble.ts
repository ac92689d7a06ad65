import type { BrowserContext } from '@playwright/test';
import type { Stack } from './stack/stack.ts';

/** What went wrong without anybody asking: console errors, uncaught exceptions, errors in the servers' logs. */
export class Trouble {
  readonly #seen: string[] = [];
  readonly #expected: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#seen.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#seen.push(`uncaught: ${error.error().stack}`));
  }

  /** Trouble that the test makes on purpose. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  /** What nobody expected. */
  collect(stack: Stack): string[] {
    const said = stack.processes.flatMap(({ log }) => log.takeErrors().map((line) => `server: ${line}`));
    return [...this.#seen, ...said].filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }
}

/** A page whose clock is put forward takes its connection for dead, and speaks into it once more. */
export const jumpedClock = /WebSocket is already in CLOSING or CLOSED state/;

/** A browser says so in the console when a request fails or is refused. */
export const failedRequests = /Failed to load resource|WebSocket connection to/;
