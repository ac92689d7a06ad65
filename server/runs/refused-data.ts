/** SQLSTATE classes 22 (data), 23 (constraint) and 54 (limits): sending the same thing again cannot help. */
export function isRefusedData(error: unknown): boolean {
  return /^(22|23|54)/.test((error as { code?: string } | null)?.code ?? '');
}

/** SQLSTATE disk_full: only somebody who makes space can help. */
export function isDiskFull(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '53100';
}
