import type { Say } from '#components/words/say.ts';

/** A size as people say it, in KB or MB; never 0 KB. */
export function sayBytes(say: Say, bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1_024));
  if (kilobytes < 1_024) return say('attachment.kilobytes', { count: kilobytes });
  return say('attachment.megabytes', { count: Math.round(bytes / 104_857.6) / 10 });
}
