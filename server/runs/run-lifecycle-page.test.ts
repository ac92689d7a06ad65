import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { racePoints } from './race-points.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/run-lifecycle.md', root), 'utf8');

describe('docs/run-lifecycle.md', () => {
  const table = /<!-- racePoints -->\n([^]*?)\n<!-- \/racePoints -->/.exec(page)?.[1] ?? '';
  const rows = table.split('\n').slice(2).map((row) => row.split('|').map((cell) => cell.trim()));

  it('says of every race point what happens after a crash there, and which test shows it', () => {
    expect(rows.map(([, point]) => point)).toEqual(racePoints.map((point) => `\`${point}\``));
    expect(rows.filter(([, , what, test]) => !what || !test?.startsWith('T2'))).toEqual([]);
  });

  it('names tests that are there', () => {
    const named = [...page.matchAll(/`((?:server|domain|e2e|scripts|chaos)\/[\w./-]+\.(?:ts|js))`/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
