import { describe, expect, it } from 'vitest';
import { isActive, isTerminal, runCommands, runStatuses, runTransitions } from './run-status.ts';

describe('runTransitions', () => {
  it.each(runStatuses.filter(isTerminal))('lets nothing move a run out of %s', (status) => {
    expect(runTransitions[status]).toEqual({});
  });

  it.each(runStatuses.filter(isActive))('leads from %s to the end by some command', (status) => {
    expect(Object.values(runTransitions[status]).length).toBeGreaterThan(0);
  });

  it('lets only a claim make a run running', () => {
    const ways = runStatuses.flatMap((status) =>
      runCommands.filter((command) => status !== 'running' && runTransitions[status][command] === 'running'),
    );
    expect(ways).toEqual(['claim']);
  });

  it('knows each status as active or as terminal, never as both', () => {
    for (const status of runStatuses) expect(isActive(status)).toBe(!isTerminal(status));
  });
});
