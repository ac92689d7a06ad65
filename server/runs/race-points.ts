/**
 * Named instants between two writes, where a crash or a competitor is most interesting. No-ops in production;
 * tests arm them by name. docs/run-lifecycle.md says what follows when a process dies at each.
 */
export const racePoints = [
  'before-start-commit',
  'after-start-commit',
  'before-claim',
  'after-claim',
  'before-job-completion',
  'before-begin-step',
  'after-begin-step',
  'before-flush',
  'after-flush',
  'before-call-write',
  'after-call-write',
  'before-tool-write',
  'after-tool-write',
  'before-tool-record',
  'after-tool-record',
  'before-step-write',
  'after-step-write',
  'before-settle',
  'inside-settle',
  'after-settle',
  'before-stop',
  'after-stop',
  'before-release',
  'after-release',
  'before-expire',
  'after-expire',
] as const;
export type RacePoint = (typeof racePoints)[number];

type Hook = () => Promise<void> | void;

const key = Symbol.for('holdfast.race-points');
const shared = globalThis as { [key]?: Map<RacePoint, Hook> };
/** One map a process: Next bundles this file more than once. */
const armed = (shared[key] ??= new Map());

/** Run `hook` whenever the point is passed. Returns the disarming function. */
export function armRacePoint(point: RacePoint, hook: Hook): () => void {
  armed.set(point, hook);
  return () => armed.delete(point);
}

/** Pass a point: immediate unless a test has armed it. */
export async function passRacePoint(point: RacePoint): Promise<void> {
  const hook = armed.get(point);
  if (hook) await hook();
}
