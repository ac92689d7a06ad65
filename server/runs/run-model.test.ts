import { describe, expect, it } from 'vitest';
import { runCommands, runStatuses, runTransitions } from '#domain/run-status';
import { exploreRunModel } from '#server/testing/explore-run-model';
import { type ModelRules, realRules } from '#server/testing/run-model';
import { pairOf } from '#server/testing/sample-run-traces';

describe('the model of a chat and its runs', () => {
  it('keeps every invariant in every state, and always finds its way to the end', { timeout: 120_000 }, () => {
    const { states, violations, deadEnds } = exploreRunModel({ faults: 3 });
    expect(Object.fromEntries(violations)).toEqual({});
    expect(deadEnds).toEqual([]);
    expect(states).toBeGreaterThan(10_000);
  });

  it('comes to every transition of the table, and to a refusal of every command', () => {
    const moved = new Set<string>();
    const refused = new Set<string>();
    exploreRunModel({
      faults: 2,
      onMove({ before, event, after }) {
        const pair = pairOf({ before, event });
        if (pair) (JSON.stringify(before.runs) === JSON.stringify(after.runs) ? refused : moved).add(pair);
      },
    });
    const lawful = runStatuses.flatMap((status) =>
      Object.keys(runTransitions[status]).map((command) => `${command} of ${status}`),
    );
    expect([...moved].toSorted()).toEqual(lawful.toSorted());
    for (const command of runCommands) expect([...refused].some((pair) => pair.startsWith(`${command} of`))).toBe(true);
  });
});

describe('the model with a piece taken out', () => {
  const { pending, running } = runTransitions;
  const broken: Array<[without: string, rules: Partial<ModelRules>, violation: string]> = [
    ['the gate of the slot', { slotGate: false }, 'two active runs in one chat'],
    ['the fence', { fence: false }, 'an owner that was replaced has written'],
    ['the check of the stop before a step', { stepStopGuard: false }, 'a step began after a stop request'],
    ['the check of the stop before a claim', { claimStopGuard: false }, 'a stopped run was resumed'],
    ['the check of the lease before a claim', { leaseGuard: false }, 'a run was taken from an owner whose lease is alive'],
    ['the check of the number before an append', { sequenceGuard: false }, 'the journal is not contiguous'],
    ['the second look of a sweep', { sweepGuard: false }, 'a sweep has ended a run that somebody looks after'],
    ['the second look of a sweep', { sweepGuard: false }, 'a sweep has ended the lease of an owner that is back'],
    ['the memory of a release', { idempotentRelease: false }, 'one release was counted twice'],
    [
      'the end of a settled run',
      { transitions: { ...runTransitions, aborted: { claim: 'running' }, failed: { claim: 'running' } } },
      'a settled run was changed',
    ],
  ];

  it.each(broken)('breaks an invariant without %s', (_, rules, violation) => {
    const { violations } = exploreRunModel({ rules: { ...realRules, ...rules }, faults: 2, untilViolation: violation });
    expect([...violations.keys()]).toContain(violation);
  });

  const { claim: _claim, ...unclaimable } = pending;
  const { expire: _expire, claim: _takeover, ...lost } = running;
  const stuck: Array<[without: string, rules: Partial<ModelRules>]> = [
    ['sweeps', { sweeps: false }],
    ['a claim of pending runs', { transitions: { ...runTransitions, pending: unclaimable } }],
    ['a takeover', { transitions: { ...runTransitions, running: lost } }],
  ];

  it.each(stuck)('has runs that never end without %s', (_, rules) => {
    const { deadEnds } = exploreRunModel({ rules: { ...realRules, ...rules }, faults: 1 });
    expect(deadEnds).not.toEqual([]);
  });
});
