import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCommands, runStatuses, runTransitions } from './run-status.ts';

const page = readFileSync(new URL('../docs/run-lifecycle.md', import.meta.url), 'utf8');

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace('|  |', '| |');
const code = (word: string) => `\`${word}\``;

/** runTransitions as the page shows it. */
const table = [
  row(['', ...runStatuses.map(code)]),
  `|${'---|'.repeat(runStatuses.length + 1)}`,
  ...runCommands.map((command) => {
    const outcomes = runStatuses.map((status) => runTransitions[status][command]);
    return row([code(command), ...outcomes.map((outcome) => (outcome ? code(outcome) : '–'))]);
  }),
].join('\n');

describe('docs/run-lifecycle.md', () => {
  it('shows the table of transitions as the code has it', () => {
    const shown = /<!-- runTransitions -->\n([^]*?)\n<!-- \/runTransitions -->/.exec(page)?.[1];
    expect(shown).toBe(table);
  });

  it.each(runStatuses)('says what %s means', (status) => {
    expect(page).toMatch(new RegExp(`^\\| \`${status}\` \\| \\S.* \\| \\S.* \\|$`, 'm'));
  });
});
