const maxAgeSeconds = 31_536_000;

/** Keep what a person chose for this browser, for the server to read. Null forgets it. */
export function keepChoice(name: string, value: string | null): void {
  document.cookie = `${name}=${value ?? ''}; path=/; max-age=${value === null ? 0 : maxAgeSeconds}; samesite=lax`;
}

/** What was kept; undefined when nothing was. */
export function readChoice(name: string): string | undefined {
  const pairs = document.cookie.split('; ').map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
