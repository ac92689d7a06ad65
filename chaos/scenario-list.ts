import type { Scenario } from './scenario.ts';
import { t1 } from './scenarios/t1-killed-workers.ts';
import { t2 } from './scenarios/t2-race-points.ts';
import { t3 } from './scenarios/t3-frozen-worker.ts';
import { t4 } from './scenarios/t4-deploy.ts';

/**
 * In the order of play. Sweeps do nothing in the first ten seconds of a server's life: scenarios that do without them
 * come first, those that restart the database last.
 */
export const scenarios: readonly Scenario[] = [t4, t1, t2, t3];
