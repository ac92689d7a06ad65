/** Which parts of an answer are still open, so that one that breaks off can be closed. Pure. */
import type { Chunk } from '#domain/message-view';

type OpenTool = { toolName: string; hasInput: boolean; dynamic: boolean | undefined };

export type OpenParts = {
  see(chunk: Chunk): void;
  /** Tools that have been called and have not answered. */
  pendingTools(): number;
  /** The chunks that close everything, in the order it was opened; `reason` is what an unfinished tool says. */
  close(reason: string): Chunk[];
};

export function createOpenParts(chunks: readonly Chunk[] = []): OpenParts {
  const texts = new Map<string, 'text-end' | 'reasoning-end'>();
  const tools = new Map<string, OpenTool>();

  const parts: OpenParts = {
    see(chunk) {
      switch (chunk.type) {
        case 'text-start':
          return void texts.set(chunk.id, 'text-end');
        case 'reasoning-start':
          return void texts.set(chunk.id, 'reasoning-end');
        case 'text-end':
        case 'reasoning-end':
          return void texts.delete(chunk.id);
        case 'tool-input-start':
          return void tools.set(chunk.toolCallId, { ...chunk, dynamic: chunk.dynamic, hasInput: false });
        case 'tool-input-available':
          return void tools.set(chunk.toolCallId, { ...chunk, dynamic: chunk.dynamic, hasInput: true });
        case 'tool-output-available':
          return void (chunk.preliminary || tools.delete(chunk.toolCallId));
        case 'tool-input-error':
        case 'tool-output-error':
        case 'tool-output-denied':
          return void tools.delete(chunk.toolCallId);
        case 'reset-step':
          texts.clear();
          return tools.clear();
        default:
      }
    },
    pendingTools: () => [...tools.values()].filter((tool) => tool.hasInput).length,
    close: (reason) => [
      ...[...texts].map(([id, type]): Chunk => ({ type, id })),
      ...[...tools].map(([toolCallId, tool]) => closeTool(toolCallId, tool, reason)),
    ],
  };
  for (const chunk of chunks) parts.see(chunk);
  return parts;
}

function closeTool(toolCallId: string, tool: OpenTool, errorText: string): Chunk {
  if (tool.hasInput) return { type: 'tool-output-error', toolCallId, errorText };
  const { toolName, dynamic } = tool;
  return { type: 'tool-input-error', toolCallId, toolName, input: undefined, errorText, ...(dynamic && { dynamic }) };
}
