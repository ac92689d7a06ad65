import type { Api } from '#server/testing/api-client';
import type { Crowd } from './crowd.ts';
import type { DripProvider } from './drip-provider.ts';
import type { Installation } from './installation.ts';

/** Where everything is measured. */
export type Scene = {
  /** few rounds, and without what takes minutes */
  quick: boolean;
  /** of the database; one beside it may be made */
  directory: string;
  installation: Installation;
  provider: DripProvider;
  crowd: Crowd;
  /** a guest at the first web process */
  api: Api;
  say(what: string): void;
};

/** One of two, by the form. */
export const pick = <T>({ quick }: Scene, short: T, long: T): T => (quick ? short : long);
