import { startEmbeddedPostgres } from '../scripts/embedded-postgres.js';
import { migrate } from '#server/migrations';
import { openRunDatabase } from '#server/testing/run-database';
import { insertChat, insertRun } from '#server/testing/run-factories';
import { appendChunks } from '#server/runs/append';
import {rmSync} from 'node:fs'; rmSync('/work/main/.cache/try/db2',{recursive:true,force:true});
const d = await startEmbeddedPostgres('/work/main/.cache/try/db2'); 
await migrate(d.url);
const db = await openRunDatabase(d.url);
const N = 200;
const leases: any[] = [];
for (let i = 0; i < N; i++) leases.push((await insertRun(db, await insertChat(db), { status: 'running', leaseSeconds: 1000 })).lease);
const seq = new Map(leases.map((l) => [l.runId, 0]));
const entry = (l: any, n=1) => { const s = seq.get(l.runId)!; seq.set(l.runId, s + n); return { lease: l, fromSeq: s + 1, toSeq: s + n, body: '[{"type":"text-delta","id":"txt-0","delta":"abcdef "}]', step: null, call: null }; };
async function time(name: string, f: () => Promise<unknown>, n = 500) { const t: number[] = []; for (let i = 0; i < n; i++) { const a = performance.now(); await f(); t.push(performance.now() - a); } t.sort((a, b) => a - b); console.log(name.padEnd(30), 'p50', t[n >> 1]!.toFixed(3), 'p95', t[Math.floor(n * .95)]!.toFixed(3)); }
const q = (t: string, v?: any[]) => db.appendPool.query(t, v);
await q('CREATE TABLE IF NOT EXISTS bench_c (n int)');
for (const sc of ['on', 'off']) {
  await q(`SET synchronous_commit=${sc}`);
  console.log('sync', sc);
  await time('select', () => db.appendPool.query({ name: 's', text: 'SELECT 1' }));
  await time('insert', () => db.appendPool.query({ name: 'i', text: 'INSERT INTO bench_c VALUES (1)' }));
  await time('append 1', () => appendChunks(db, [entry(leases[0])], 15));
  await time('append 10', () => appendChunks(db, leases.slice(0, 10).map((l) => entry(l)), 15), 200);
  await time('append 50', () => appendChunks(db, leases.slice(0, 50).map((l) => entry(l)), 15), 200);
  await time('append 200', () => appendChunks(db, leases.map((l) => entry(l)), 15), 100);
}
await time('notify', () => db.pool.query({name:'n', text:"SELECT pg_notify('holdfast_chunks', $1)", values:['x'.repeat(300)]}));
{
  await q("LOAD 'auto_explain'"); await q("SET auto_explain.log_min_duration=0"); await q("SET auto_explain.log_analyze=on"); await q("SET client_min_messages=log"); await q("SET auto_explain.log_buffers=on");
  const c = await db.appendPool.connect(); c.on('notice',(n:any)=>console.log(n.message)); await appendChunks({appendPool:c} as any, leases.slice(0,50).map((l) => entry(l)), 15); c.release();
  const {rows}=await q("select relname,n_tup_upd,n_tup_hot_upd,n_dead_tup,pg_relation_size(relid) as size from pg_stat_user_tables where relname in ('run','run_chunk')"); console.log(rows);
}
await db.close(); await d.stop(); process.exit(0);
