import { describe, expect, it } from 'vitest';
import { createDeltaLane } from './delta-lane.ts';

/** A lane at a part that the SDK has open and is up to date with. */
function laneAtText() {
  const taken: string[] = [];
  let takes = true;
  const lane = createDeltaLane((chunk) => {
    if (takes) taken.push(`${chunk.type} ${chunk.id}: ${chunk.delta}`);
    return takes;
  });
  const say = (text: string) => {
    const rest = lane.receive(text);
    lane.said(rest);
    return rest;
  };
  lane.begin();
  lane.offer('text', 'One ');
  lane.open('text', 't1');
  say('One ');
  return { lane, taken, say, refuse: () => (takes = false) };
}

describe('createDeltaLane', () => {
  it('says nothing ahead before the SDK has said the first delta of its part', () => {
    const lane = createDeltaLane(() => expect.fail('nothing may go ahead'));
    lane.begin();
    expect(lane.offer('text', 'One ')).toBe(false);
    lane.open('text', 't1');
    expect(lane.offer('text', 'two ')).toBe(false);
    lane.said(lane.receive('One '));
    expect(lane.offer('text', 'three ')).toBe(false);
  });

  it('says more of the open part ahead, and leaves it out when the SDK says it', () => {
    const { lane, taken, say } = laneAtText();
    expect(lane.offer('text', 'two ')).toBe(true);
    expect(lane.offer('text', 'three')).toBe(true);
    expect(taken).toEqual(['text-delta t1: two ', 'text-delta t1: three']);
    expect(say('two three')).toBe('');
    lane.end('t1');
  });

  it('lets a delta that is not taken come in its place, after those that were', () => {
    const { lane, say, refuse } = laneAtText();
    lane.offer('text', 'two ');
    refuse();
    expect(lane.offer('text', 'three')).toBe(false);
    expect(say('two three')).toBe('three');
  });

  it('takes another kind of text for another part', () => {
    const { lane, taken } = laneAtText();
    expect(lane.offer('reasoning', 'hm')).toBe(false);
    expect(taken).toEqual([]);
  });

  it('does not know after a pause which part it is at, until the SDK has said a delta from after it', () => {
    const { lane, taken, say } = laneAtText();
    lane.offer('text', 'two ');
    lane.pause();
    // The SDK still has the first part open; this is of the second.
    expect(lane.offer('text', 'Three ')).toBe(false);
    expect(say('two ')).toBe('');
    expect(lane.offer('text', 'four ')).toBe(false);
    lane.end('t1');
    lane.open('text', 't2');
    expect(say('Three ')).toBe('Three ');
    expect(say('four ')).toBe('four ');
    expect(lane.offer('text', 'five')).toBe(true);
    expect(taken).toEqual(['text-delta t1: two ', 'text-delta t2: five']);
  });

  it('is not sure after a pause because what was offered before it has been said', () => {
    const { lane, say } = laneAtText();
    lane.pause();
    expect(lane.offer('text', 'two ')).toBe(false);
    lane.pause();
    expect(say('two ')).toBe('two ');
    expect(lane.offer('text', 'three')).toBe(false);
  });

  it('says nothing ahead once something was unclear, until the next model call', () => {
    const { lane } = laneAtText();
    lane.close();
    lane.pause();
    expect(lane.offer('text', 'two ')).toBe(false);
    lane.said(lane.receive('two '));
    expect(lane.offer('text', 'three')).toBe(false);
  });

  it('throws when the SDK closes a part and has left out what was said ahead', () => {
    const { lane } = laneAtText();
    lane.offer('text', 'two ');
    expect(() => lane.end('t1')).toThrow('leaves out 4 characters');
  });
});
