import type { Stage } from './stage.ts';

/** A fault of the reliability table, struck for real. */
export type Scenario = {
  id: `T${number}`;
  title: string;
  /**
   * Strike. What every scenario owes (the invariants, nothing repeated, nobody refused) is judged afterwards by the kit;
   * the conditions of this fault are reported with stage.fail and stage.expectAtMost.
   *
   * @throws ends the scenario as failed
   */
  run(stage: Stage): Promise<ScenarioResult>;
};

export type ScenarioResult = {
  iterations: number;
  /** what was broken and how often: { 'kill -9 worker': 20 } */
  struck: Record<string, number>;
  /** milliseconds from each fault to the first words of the successor at a follower */
  takeoversMs?: number[];
  /** further measurements by name, milliseconds */
  measured?: Record<string, number[]>;
};

/** How a scenario went. */
export type Report = ScenarioResult & {
  id: string;
  title: string;
  seconds: number;
  /** broken invariants, those included that a zombie broke */
  violations: string[];
  /** rows written under an epoch that was over */
  zombieWrites: number;
  /** everything else that did not hold */
  failures: string[];
};
