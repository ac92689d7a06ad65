import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModules } from './read-modules.js';
import { findViolations } from './rules.js';

const manifest = JSON.stringify({
  scripts: { start: 'node scripts/start.js' },
  imports: {
    '#server/*': './server/*.ts',
    '#domain/*': './domain/*.ts',
    '#prisma/*': './prisma/generated/*.ts',
    '#components/*.ts': './components/*.ts',
    '#components/*': './components/*.tsx',
  },
});

/** A small house in order; each test plants one thing in it. */
const house = {
  'package.json': manifest,
  'app/page.tsx': `import { Chat } from '#components/chat/chat'; import { appRouter } from '#server/trpc/router';
    export default function Page() { return [Chat, appRouter]; }`,
  'components/chat/chat.tsx': `import type { AppRouter } from '#server/trpc/router';
    import { Button } from '#components/ui/button'; import { statuses } from '#domain/run-status';
    /** @type {AppRouter} */ export const Chat = [Button, statuses];`,
  'components/ui/button.tsx': `export const Button = 'button';`,
  'domain/run-status.ts': `import { z } from 'zod'; export const statuses = z.string();`,
  'server/runs/enqueue.ts': `import { statuses } from '#domain/run-status';
    import type { PrismaClient } from '#prisma/client';
    export const enqueue = (db: PrismaClient) => [db, statuses, 'INSERT INTO run (id) VALUES ($1)'];`,
  'server/agent/agent.ts': `import type { enqueue } from '#server/runs/enqueue';
    export const agent = {} as typeof enqueue;`,
  'server/trpc/router.ts': `import { enqueue } from '#server/runs/enqueue'; import { env } from '#server/env';
    export const appRouter = [enqueue, env]; export type AppRouter = typeof appRouter;`,
  'server/env.ts': `export const env = 1;`,
  'server/web-main.ts': `import { agent } from '#server/agent/agent'; console.log(agent);`,
  'server/env.test.ts': `import { env } from './env.ts'; import { factory } from '#server/testing/factory';
    console.log(env, factory);`,
  'server/testing/factory.ts': `export const factory = 'INSERT INTO run (id) VALUES ($1)';`,
  'scripts/start.js': `console.log('start');`,
};

describe('findViolations', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'import-rules-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** @param {Record<string, string>} planted */
  const check = (planted) => {
    for (const [path, content] of Object.entries({ ...house, ...planted })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return findViolations(readModules(root), manifest);
  };

  it('finds nothing in a house in order', () => {
    expect(check({})).toEqual([]);
  });

  const typeUsed = (/** @type {string} */ specifier) =>
    `import type * as planted from '${specifier}'; export const user = {} as typeof planted;`;
  const used = (/** @type {string} */ specifier) =>
    `import * as planted from '${specifier}'; export const user = planted;`;

  it.each([
    ['components must not import server/trpc at run time', 'components/chat/chat.tsx', used('#server/trpc/router')],
    [
      'components must not import the heart, even its types',
      'components/chat/chat.tsx',
      typeUsed('#server/runs/enqueue'),
    ],
    ['components must not import app', 'components/chat/chat.tsx', used('../../app/page.tsx')],
    ['components/ui must not import domain', 'components/ui/button.tsx', used('#domain/run-status')],
    ['components/ui must not import other components', 'components/ui/button.tsx', used('../chat/chat.tsx')],
    ['domain must not import the server', 'domain/run-status.ts', used('#server/env')],
    ['domain must not import a type of the server', 'domain/run-status.ts', typeUsed('#server/env')],
    ['domain must not import Node', 'domain/run-status.ts', used('node:fs')],
    ['app must not import the heart', 'app/page.tsx', used('#server/runs/enqueue')],
    ['server/runs must not import the database client at run time', 'server/runs/enqueue.ts', used('#prisma/client')],
    ['server/runs must not import single files of server', 'server/runs/enqueue.ts', used('#server/env')],
    [
      'server/runs must not import the agent, even its types',
      'server/runs/enqueue.ts',
      typeUsed('#server/agent/agent'),
    ],
    ['server/runs must not import tRPC', 'server/runs/enqueue.ts', used('@trpc/server')],
    ['server/runs must not import Next', 'server/runs/enqueue.ts', used('next/headers')],
    ['server/runs must not import React', 'server/runs/enqueue.ts', used('react')],
    ['server/agent must not import the heart at run time', 'server/agent/agent.ts', used('#server/runs/enqueue')],
    ['server/trpc must not import components', 'server/trpc/router.ts', used('#components/ui/button')],
    [
      'server must not import components, lazily',
      'server/env.ts',
      `export const env = () => import('#components/ui/button');`,
    ],
    [
      'server must not import app, passing it on',
      'server/env.ts',
      `export { default as page } from '../app/page.tsx'; export const env = 1;`,
    ],
    ['production code must not import a test helper', 'server/env.ts', used('#server/testing/factory')],
    ['production code must not import a test', 'server/env.ts', used('./env.test.ts')],
  ])('%s', (_rule, path, content) => {
    const violations = check({ [path]: content }).filter((line) => line.startsWith(`${path}: must not import`));
    expect(violations).toHaveLength(1);
  });

  it('says where the code belongs', () => {
    expect(check({ 'server/runs/enqueue.ts': used('#server/env') }).join()).toContain(
      'belongs into server/worker-main.ts',
    );
  });

  it('refuses circles, but lets types refer to each other', () => {
    const circle = { 'server/env.ts': used('./log.ts'), 'server/log.ts': used('./env.ts') };
    expect(check(circle).filter((line) => line.includes('circle'))).toHaveLength(1);
    const types = { ...circle, 'server/log.ts': typeUsed('./env.ts') };
    expect(check(types)).toEqual([]);
  });

  it.each([
    `export * from './env.ts';`,
    `export { env } from './env.ts';`,
    `import { env } from './env.ts'; export { env };`,
  ])('refuses a barrel: %s', (content) => {
    expect(check({ 'server/index.ts': content })).toContainEqual(
      expect.stringMatching(/^server\/index.ts: only passes on/),
    );
  });

  it('refuses a file that nobody imports, or only its own test', () => {
    const lonely = { 'server/lonely.ts': `export const lonely = 1;`, 'server/lonely.test.ts': used('./lonely.ts') };
    expect(check(lonely)).toEqual([expect.stringMatching(/^server\/lonely.ts: nobody imports it/)]);
  });

  it.each([
    'const sql = `UPDATE run SET revision = 1, status = $1 WHERE id = $2`',
    'const sql = `UPDATE run AS r SET ${columns} WHERE id = $2`',
    'const sql = `INSERT INTO run (id) VALUES ($1)`',
    'const row = await db.prisma.run.update({ where })',
  ])('lets nobody but its owners write a status: %s', (statement) => {
    const violations = check({ 'server/env.ts': `export const env = 1; ${statement};` });
    expect(violations).toEqual([expect.stringMatching(/^server\/env.ts: writes a run's status/)]);
  });

  it('lets anybody move a run to another workspace, or speak of such a statement', () => {
    const move = 'UPDATE run SET workspace_id = $1 WHERE status = $2';
    const content = `// UPDATE run SET status = 1\nexport const env = '${move}';`;
    expect(check({ 'server/env.ts': content })).toEqual([]);
  });

  it('refuses a file outside every room', () => {
    expect(check({ 'server/misc/thing.ts': used('#server/env') })).toContainEqual(
      expect.stringContaining('belongs to no room'),
    );
  });
});

describe('readModules', () => {
  it('refuses what it cannot parse', () => {
    const root = mkdtempSync(join(tmpdir(), 'import-rules-'));
    mkdirSync(join(root, 'domain'));
    writeFileSync(join(root, 'package.json'), manifest);
    writeFileSync(join(root, 'domain/broken.ts'), 'export const = ;');
    expect(() => readModules(root)).toThrow('domain/broken.ts cannot be parsed');
    rmSync(root, { recursive: true });
  });
});
