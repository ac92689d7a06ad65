import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runErrors } from '#domain/run-error';
import { appRouter } from './router.ts';

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

describe('docs/api.md', () => {
  it('has a line for every procedure, and for no other', () => {
    const rows = page.matchAll(/^\| (query|mutation|subscription) `([\w.]+)` \|/gm);
    const documented = Array.from(rows, ([, kind, path]) => `${kind} ${path}`);
    const procedures = Object.entries<{ _def: { type: string } }>(appRouter._def.procedures as never);
    expect(new Set(documented)).toEqual(new Set(procedures.map(([path, { _def }]) => `${_def.type} ${path}`)));
  });

  it('lists the reasons of failed runs as they are', () => {
    const rows = Object.entries(runErrors).map(([code, message]) => `| \`${code}\` | ${message} |`);
    const shown = /<!-- runErrors -->\n([^]*?)\n<!-- \/runErrors -->/.exec(page)?.[1];
    expect(shown).toBe(['| code | message |', '|---|---|', ...rows].join('\n'));
  });
});
