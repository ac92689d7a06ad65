/**
 * Named instants between two writes, where a crash or a competitor is most interesting. No-ops in production;
 * a test arms one by name.
 */
export const racePoints = [
  'after-claim',
  'before-flush',
  'after-flush',
  'before-begin-step',
  'before-settle',
  'inside-settle',
  'after-settle',
  'before-release',
  'before-start-commit',
] as const;
export type RacePoint = (typeof racePoints)[number];

const armed = new Map<RacePoint, () => Promise<void> | void>();

/** Run `hook` whenever the point is passed. Returns the disarming function. */
export function armRacePoint(point: RacePoint, hook: () => Promise<void> | void): () => void {
  armed.set(point, hook);
  return () => armed.delete(point);
}

/** Pass a point: immediate unless a test has armed it. */
export async function passRacePoint(point: RacePoint): Promise<void> {
  const hook = armed.get(point);
  if (hook) await hook();
}
