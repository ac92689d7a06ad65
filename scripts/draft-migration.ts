/**
 * `npm run migration -- add-something`: write the migration that leads from the committed schema.prisma to the one
 * in the working tree. DATABASE_URL names any server. CHECK constraints are added by hand.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftMigration } from '#server/migrations';

const [name] = process.argv.slice(2);
const databaseUrl = process.env.DATABASE_URL;
if (!name || !databaseUrl) throw new Error('usage: DATABASE_URL=postgresql://… npm run migration -- name');
const committed = spawnSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
const script = await draftMigration(databaseUrl, committed.status === 0 ? committed.stdout : null);
if (script === null) {
  console.log('schema.prisma has not changed since the last commit; nothing to do');
} else {
  const timestamp = new Date().toISOString().replaceAll(/[^0-9]/g, '').slice(0, 14);
  const directory = join(import.meta.dirname, '..', 'prisma', 'migrations', `${timestamp}_${name.replaceAll('-', '_')}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'migration.sql'), script);
  console.log(`wrote ${directory}`);
}
