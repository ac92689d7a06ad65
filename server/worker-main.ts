/** A worker process with the tools that every agent of ours may use. */
import { harmlessTools } from '#server/agent/tools';
import { runWorkerProcess } from './worker-process.ts';

await runWorkerProcess({ tools: harmlessTools });
