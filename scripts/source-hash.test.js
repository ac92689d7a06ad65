import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSources } from './source-hash.js';

describe('hashSources', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'source-hash-'));
    mkdirSync(join(root, 'app/chat'), { recursive: true });
    writeFileSync(join(root, 'app/chat/page.tsx'), 'page');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const hash = () => hashSources(root, ['app', 'tsconfig.json']);

  it.each(
    /** @type {[string, () => void][]} */ ([
      ['content', () => writeFileSync(join(root, 'app/chat/page.tsx'), 'another page')],
      ['a name', () => renameSync(join(root, 'app/chat/page.tsx'), join(root, 'app/chat/layout.tsx'))],
      ['a new file', () => writeFileSync(join(root, 'tsconfig.json'), '{}')],
    ]),
  )('changes with %s', (_what, change) => {
    const before = hash();
    change();
    expect(hash()).not.toBe(before);
  });

  it('stays the same when only tests change', () => {
    const before = hash();
    writeFileSync(join(root, 'app/chat/page.test.tsx'), 'test');
    mkdirSync(join(root, 'app/testing'));
    writeFileSync(join(root, 'app/testing/sample.ts'), 'sample');
    expect(hash()).toBe(before);
  });
});
