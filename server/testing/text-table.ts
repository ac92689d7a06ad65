/** A table as text: columns as wide as their widest cell, a line below the header. */
export function formatColumns(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const [first, ...rest] = lines.map((line) => line.map((cell, i) => cell.padEnd(widths[i]!)).join('  ').trimEnd());
  return [first, '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...rest].join('\n');
}
