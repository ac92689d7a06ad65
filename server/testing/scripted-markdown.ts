/** Prose, a list, a table and code: what one section of a long answer is made of. */
function section(number: number): string {
  return [
    `## ${number}. How the lease of run ${number} is kept`,
    `A worker holds the run under a lease of **${number % 20} seconds** and renews it with every *append*. When it dies, ` +
      `its session falls and \`claimRun\` raises the epoch, as [the handbook](https://example.org/${number}) says. ` +
      'Whatever the first owner still writes is refused, and the reader sees one answer without a gap.',
    `- the owner of run ${number} writes\n- the sweeper looks after it\n  - twice, before anybody is taken for dead\n- \`settle\` ends it`,
    `| step | tokens | seconds |\n|---|---:|---:|\n| ${number} | 128 | 0.64 |\n| ${number + 1} | 256 | 1.28 |\n| ${number + 2} | 512 | 2.56 |`,
    `\`\`\`ts\nexport async function claimRun${number}(db: Database, runId: string): Promise<Lease | null> {\n` +
      `  const { rows } = await db.query(claimStatement, [runId, ${number}]);\n` +
      '  if (rows.length === 0) return null;\n  return { runId, epoch: rows[0].epoch } as Lease;\n}\n```',
    '> What a page has shown is committed; what was not committed was never shown.',
  ].join('\n\n');
}

/** Pieces of the length that a model's tokens have, which together are markdown of any length. */
export function markdownTokens(count: number): string[] {
  const tokens: string[] = [];
  for (let number = 1; tokens.length < count; number++) {
    tokens.push(...`${section(number)}\n\n`.match(/\s*\S{1,5}|\s+/g)!);
  }
  return tokens.slice(0, count);
}

/** The same as one string. */
export function scriptedMarkdown(count: number): string {
  return markdownTokens(count).join('');
}
