/**
 * Migrations without Prisma's native engine: its published WASM build, in process, through the pg adapter.
 * It writes the ordinary `_prisma_migrations` table, so `prisma migrate deploy` stays interchangeable.
 */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import type { MigrationList, SchemaEngine as Engine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { runDoorbellQueue } from '#server/runs/doorbell';

const schemaFilter = { externalTables: [], externalEnums: [] };
/** Any constant: two processes that migrate at the same time take turns on it. */
const migrationLockKey = 4_807_526_976n;
const prismaDirectory = join(import.meta.dirname, '..', 'prisma');

/**
 * Bring a database up to date: our tables, then pg-boss's. Safe to call from several processes at once.
 *
 * @returns the names of the migrations applied now; empty when there was nothing to do
 * @throws when the database is unreachable or a migration fails
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLockKey]);
    const { appliedMigrationNames } = await withEngine(databaseUrl, async (engine) =>
      engine.applyMigrations({ migrationsList: await readMigrations(), filters: schemaFilter }),
    );
    await installDoorbellQueue(databaseUrl);
    return appliedMigrationNames;
  } finally {
    await lock.end();
  }
}

/**
 * The SQL that leads from an older schema.prisma to the present one.
 *
 * @param databaseUrl any reachable server: the engine asks it for its version, and changes nothing
 * @param previousSchema text of the older schema.prisma; null for none at all
 * @returns null when there is nothing to migrate
 */
export async function draftMigration(databaseUrl: string, previousSchema: string | null): Promise<string | null> {
  const toFiles = (content: string) => [{ path: 'schema.prisma', content }];
  const to = toFiles(await readSchema());
  const { stdout } = await withEngine(databaseUrl, (engine) =>
    engine.diff({
      from: previousSchema === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: toFiles(previousSchema) },
      to: { tag: 'schemaDatamodel', files: to },
      script: true,
      exitCode: null,
      filters: schemaFilter,
    }),
  );
  return stdout === null || stdout.includes('This is an empty migration') ? null : stdout;
}

async function installDoorbellQueue(databaseUrl: string) {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 2 });
  await boss.start();
  try {
    if (!(await boss.getQueue(runDoorbellQueue.name))) {
      await boss.createQueue(runDoorbellQueue.name, runDoorbellQueue.options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** The glue code keeps the memory of one instance, so a process makes one. */
const loadEngine = once(async () => {
  const require = createRequire(import.meta.url);
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmPath = join(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'), '..', 'schema_engine_bg.wasm');
  const module = await WebAssembly.compile(await readFile(wasmPath));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': withIdleTimers(glue) });
  const exports = instance.exports as WebAssembly.Exports & { __wbindgen_start(): void };
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return glue.SchemaEngine;
});

/** The engine never clears the timer of its own lock's time limit: it would keep a finished process alive for 10 s. */
function withIdleTimers(glue: object): WebAssembly.ModuleImports {
  const idle = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  const isTimer = (name: string) => name.startsWith('__wbg_setTimeout_');
  const entries = Object.entries(glue) as [string, WebAssembly.ImportValue][];
  return Object.fromEntries(entries.map(([name, value]) => [name, isTimer(name) ? idle : value]));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function withEngine<T>(databaseUrl: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const SchemaEngine = await loadEngine();
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine: Engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', await readSchema()]] },
    () => undefined,
    adapter,
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

const readSchema = () => readFile(join(prismaDirectory, 'schema.prisma'), 'utf8');

async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(prismaDirectory, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).toSorted();
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}
