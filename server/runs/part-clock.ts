import type { Chunk } from '#domain/message-view';
import { withMilliseconds } from '#domain/part-time';
import type { ExecuteTool } from './tool-call.ts';

/** Measures what an answer's thoughts and tools took. What another process began has no known time. */
export type PartClock = {
  /** The tool, its work measured. */
  timed(toolCallId: string, execute: ExecuteTool): ExecuteTool;
  /** The chunk, with the time in it when it ends something that was measured. */
  stamp(chunk: Chunk): Chunk;
};

type Thought = { beganAtMs: number; metadata: Metadata };
type Metadata = Extract<Chunk, { type: 'reasoning-end' }>['providerMetadata'];

/** @param now milliseconds; only tests give another one */
export function createPartClock(now: () => number = () => performance.now()): PartClock {
  const thoughts = new Map<string, Thought>();
  const tools = new Map<string, number>();
  return {
    timed: (toolCallId, execute) => async (context) => {
      const beganAtMs = now();
      try {
        return await execute(context);
      } finally {
        tools.set(toolCallId, now() - beganAtMs);
      }
    },
    stamp(chunk) {
      switch (chunk.type) {
        case 'reasoning-start':
          thoughts.set(chunk.id, { beganAtMs: now(), metadata: chunk.providerMetadata });
          return chunk;
        case 'reasoning-delta': {
          const thought = thoughts.get(chunk.id);
          if (thought && chunk.providerMetadata) thought.metadata = chunk.providerMetadata;
          return chunk;
        }
        case 'reasoning-end': {
          const thought = take(thoughts, chunk.id);
          if (!thought) return chunk;
          // What ends a part replaces all that was said of it before.
          const metadata = chunk.providerMetadata ?? thought.metadata;
          return { ...chunk, providerMetadata: withMilliseconds(metadata, now() - thought.beganAtMs) };
        }
        case 'tool-output-available':
        case 'tool-output-error': {
          const milliseconds = 'preliminary' in chunk && chunk.preliminary ? undefined : take(tools, chunk.toolCallId);
          if (milliseconds === undefined) return chunk;
          return { ...chunk, providerMetadata: withMilliseconds(chunk.providerMetadata, milliseconds) };
        }
        default:
          return chunk;
      }
    },
  };
}

function take<Value>(map: Map<string, Value>, key: string): Value | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}
