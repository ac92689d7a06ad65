import type { Figure } from './figure.ts';
import { measurePage } from './groups/browser.ts';
import { measureCapacity } from './groups/capacity.ts';
import { measureFanOut } from './groups/fan-out.ts';
import { measureFirstWords } from './groups/first-words.ts';
import { measureLoad } from './groups/load.ts';
import { measureMemory } from './groups/memory.ts';
import { measureNotifications } from './groups/notifications.ts';
import { measurePickups } from './groups/pickups.ts';
import { measureReconnects } from './groups/reconnects.ts';
import { measureScaling } from './groups/scaling.ts';
import { measureStartUp } from './groups/start-up.ts';
import { measureStops } from './groups/stops.ts';
import { measureStorage } from './groups/storage.ts';
import type { Scene } from './scene.ts';

type Group = {
  measure: (scene: Scene) => Promise<Figure[]>;
  /** takes minutes: not part of the quick form unless it is asked for by name */
  isLong?: boolean;
};

const groups: Record<string, Group> = {
  'first-words': { measure: measureFirstWords },
  load: { measure: measureLoad },
  stops: { measure: measureStops },
  reconnects: { measure: measureReconnects },
  pickups: { measure: measurePickups },
  'fan-out': { measure: measureFanOut },
  capacity: { measure: measureCapacity, isLong: true },
  memory: { measure: measureMemory, isLong: true },
  scaling: { measure: measureScaling, isLong: true },
  notifications: { measure: measureNotifications, isLong: true },
  storage: { measure: measureStorage, isLong: true },
  'start-up': { measure: measureStartUp },
  browser: { measure: measurePage, isLong: true },
};

/** In the order of the table. @throws when there is no such group */
export function chooseGroups({ quick, only }: { quick: boolean; only: readonly string[] | null }): [string, Group][] {
  const unknown = only?.filter((name) => !(name in groups)) ?? [];
  const known = Object.keys(groups).join(', ');
  if (unknown.length > 0) throw new Error(`There is no group ${unknown.join(', ')}; there are ${known}.`);
  return Object.entries(groups).filter(([name, { isLong }]) => (only ? only.includes(name) : !(quick && isLong)));
}
