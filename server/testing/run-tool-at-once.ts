import type { AgentInput } from '#server/runs/agent';

/** Stands in for the ledger of the tools: starts every tool and remembers nothing. Its keys are `key of <call id>`. */
export const runToolAtOnce: AgentInput['runTool'] = async ({ toolCallId }, execute) => {
  try {
    const idempotencyKey = `key of ${toolCallId}`;
    const output = await execute({ idempotencyKey, abortSignal: new AbortController().signal });
    return { kind: 'result', output: JSON.parse(JSON.stringify(output ?? null)) };
  } catch (error) {
    return { kind: 'error', message: (error as Error).message };
  }
};
