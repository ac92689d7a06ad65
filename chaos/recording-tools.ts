/** Tools whose every start is seen from outside of the process, so that what a crash repeats can be counted. */
import { tool } from 'ai';
import { z } from 'zod';
import type { AgentTools } from '#server/agent/tools';

const input = z.object({
  /** how long the work takes */
  takeMs: z.number().optional(),
  /** the work waits here until the kit lets it through */
  gate: z.string().optional(),
  /** when the work is done the process dies, as by kill -9 */
  dies: z.boolean().optional(),
});

/** What a tool tells the kit when it starts; the answer comes when the work is done. */
export type ToolReport = {
  idempotencyKey: string;
  toolName: string;
  pid: number;
  takeMs?: number | undefined;
  gate?: string | undefined;
};

/** @param url where the kit listens */
export function createRecordingTools(url: string): AgentTools {
  return {
    record: { tool: recordingTool('record', url), idempotent: false },
    recordIdempotent: { tool: recordingTool('recordIdempotent', url), idempotent: true },
  };
}

function recordingTool(toolName: string, url: string) {
  return tool({
    description: 'Does something that the outside world can see.',
    inputSchema: input,
    async execute({ takeMs, gate, dies }, options) {
      const { idempotencyKey } = options as typeof options & { idempotencyKey: string };
      const report: ToolReport = { idempotencyKey, toolName, pid: process.pid, takeMs, gate };
      const answer = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(report),
        signal: options.abortSignal ?? null,
      });
      if (dies) process.kill(process.pid, 'SIGKILL');
      return (await answer.json()) as { start: number };
    },
  });
}
