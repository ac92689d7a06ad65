/** SQLSTATE classes 22 (data), 23 (constraint) and 54 (limits): sending the same thing again cannot help. */
export function isRefusedData(error: unknown): boolean {
  return /^(22|23|54)/.test((error as { code?: string } | null)?.code ?? '');
}
