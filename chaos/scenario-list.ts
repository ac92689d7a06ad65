import type { Scenario } from './scenario.ts';
import { t1 } from './scenarios/t1-killed-workers.ts';
import { t2 } from './scenarios/t2-race-points.ts';
import { t3 } from './scenarios/t3-frozen-worker.ts';
import { t4 } from './scenarios/t4-deploy.ts';
import { t5 } from './scenarios/t5-database-restarts.ts';
import { t6 } from './scenarios/t6-ended-listeners.ts';
import { t7 } from './scenarios/t7-half-open-listeners.ts';
import { t8 } from './scenarios/t8-slow-link.ts';
import { t9 } from './scenarios/t9-lost-answers.ts';
import { t10 } from './scenarios/t10-full-disk.ts';
import { t11 } from './scenarios/t11-blocked-event-loop.ts';
import { t12 } from './scenarios/t12-wrong-clock.ts';
import { t13 } from './scenarios/t13-same-message.ts';
import { t14 } from './scenarios/t14-one-slot.ts';
import { t15 } from './scenarios/t15-stop.ts';
import { t16 } from './scenarios/t16-stop-without-owner.ts';
import { t17 } from './scenarios/t17-many-sweepers.ts';
import { t18 } from './scenarios/t18-any-cursor.ts';
import { t19 } from './scenarios/t19-slow-followers.ts';
import { t20 } from './scenarios/t20-no-hints.ts';
import { t21 } from './scenarios/t21-bad-providers.ts';
import { t22 } from './scenarios/t22-poison.ts';
import { t26 } from './scenarios/t26-bad-company.ts';
import { t27 } from './scenarios/t27-full-queue.ts';

/**
 * In the order of play. Sweeps do nothing in the first ten seconds of a server's life: scenarios that do without them
 * come first, those that restart the database last.
 */
export const scenarios: readonly Scenario[] = [
  t4,
  t10,
  t13,
  t14,
  t15,
  t18,
  t16,
  t17,
  t19,
  t21,
  t22,
  t26,
  t1,
  t2,
  t3,
  t6,
  t7,
  t8,
  t9,
  t11,
  t12,
  t20,
  t27,
  t5,
];
