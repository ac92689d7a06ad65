/** JSON text that is the same for the same value, whatever the order of its keys; undefined fields are none. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (isRecord(item) ? sortKeys(item) : item)) ?? 'undefined';
}

/** Whether two JSON values are the same. */
export const isSameJson = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Whether `whole` begins with the items of `start`. */
export function beginsWith(whole: readonly unknown[], start: readonly unknown[]): boolean {
  return start.length <= whole.length && start.every((item, i) => isSameJson(item, whole[i]));
}

const isRecord = (item: unknown): item is Record<string, unknown> =>
  typeof item === 'object' && item !== null && !Array.isArray(item);

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
