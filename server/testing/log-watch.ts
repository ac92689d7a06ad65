import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One line of a process's log, as pino writes it; what is not JSON has only a `msg`. */
export type LogLine = { msg: string; level: number; runId?: string };

/** pino's "error" */
const errorLevel = 50;

/** What a process says, line by line. */
export class LogWatch {
  readonly lines: LogLine[] = [];
  readonly #text: string[] = [];
  readonly #history: string[] = [];
  readonly #waiting = new Set<() => void>();

  hear(stream: Readable): void {
    createInterface({ input: stream }).on('line', (text) => {
      this.#text.push(text);
      this.#history.push(text);
      this.lines.push(parseLine(text));
      for (const look of this.#waiting) look();
    });
  }

  /** The first line for which this holds, as soon as it is said; also one said earlier. */
  until(condition: (line: LogLine) => boolean): Promise<LogLine> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.lines.find(condition);
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Errors said since the last call. */
  takeErrors(): string[] {
    const errors = this.#text.filter((_, index) => this.lines[index]!.level >= errorLevel);
    this.#text.length = this.lines.length = 0;
    return errors;
  }

  /** All that it ever said. */
  toString(): string {
    return this.#history.join('\n');
  }
}

function parseLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text, level: 0 };
  }
}
