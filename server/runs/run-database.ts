import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { PrismaClient } from '#prisma/client';
import type { Hints } from './hints.ts';

/**
 * The database as the heart sees it: one PostgreSQL, five ways to speak to it. First parameter of everything
 * in this folder. prisma and boss share `pool`.
 */
export type RunDatabase = {
  /** typed reads and the writes that are not races */
  prisma: PrismaClient;
  /** the guarded statements */
  pool: pg.Pool;
  /** the journal's own connection, kept open: opening one on the way to a flush takes as long as five flushes */
  appendPool: pg.Pool;
  /** sends doorbells; only a worker also answers them */
  boss: PgBoss;
  /** tells followers and owners, after the commit, that there is something to read */
  hints: Hints;
};
