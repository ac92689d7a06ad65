/** A worker as in production, with tools that the kit can watch and faults that it can order. */
import { flushCompileCache } from 'node:module';
import { harmlessTools } from '#server/agent/tools';
import { runWorkerProcess } from '#server/worker-process';
import { obeyOrders } from './orders.ts';
import { createRecordingTools } from './recording-tools.ts';

obeyOrders();
await runWorkerProcess({ tools: { ...harmlessTools, ...createRecordingTools(process.env.CHAOS_TOOL_URL!) } });
// Whoever is killed does not come to do it at the end.
flushCompileCache();
