import type { Serialize } from '@trpc/server/unstable-core-do-not-import';

/**
 * A value as its domain type. tRPC's types say what JSON does to a value, and there an `unknown` (a tool's input)
 * becomes optional; our types are plain JSON, so nothing happens to them on the way.
 */
export function fromWire<T>(value: Serialize<T>): T {
  return value as T;
}
