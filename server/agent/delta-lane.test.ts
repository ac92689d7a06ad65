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
  const say = (text: string, id = 't1') => {
    const rest = lane.receive(text);
    lane.said(id, rest);
    return rest;
  };
  const call = lane.begin();
  call.offer('text', 'One ');
  lane.open('text', 't1');
  say('One ');
  return { lane, call, taken, say, refuse: () => (takes = false) };
}

describe('createDeltaLane', () => {
  it('says nothing ahead before the SDK has said the first delta of its part', () => {
    const lane = createDeltaLane(() => expect.fail('nothing may go ahead'));
    const call = lane.begin();
    expect(call.offer('text', 'One ')).toBe(false);
    lane.open('text', 't1');
    expect(call.offer('text', 'two ')).toBe(false);
    lane.said('t1', lane.receive('One '));
    expect(call.offer('text', 'three ')).toBe(false);
  });

  it('says more of the open part ahead, and leaves it out when the SDK says it', () => {
    const { lane, call, taken, say } = laneAtText();
    expect(call.offer('text', 'two ')).toBe(true);
    expect(call.offer('text', 'three')).toBe(true);
    expect(taken).toEqual(['text-delta t1: two ', 'text-delta t1: three']);
    expect(say('two three')).toBe('');
    lane.end('t1');
  });

  it('lets a delta that is not taken come in its place, after those that were', () => {
    const { call, say, refuse } = laneAtText();
    call.offer('text', 'two ');
    refuse();
    expect(call.offer('text', 'three')).toBe(false);
    expect(say('two three')).toBe('three');
  });

  it('takes another kind of text for another part', () => {
    const { call, taken } = laneAtText();
    expect(call.offer('reasoning', 'hm')).toBe(false);
    expect(taken).toEqual([]);
  });

  it('does not know after a pause which part it is at, until the SDK has said a delta from after it', () => {
    const { lane, call, taken, say } = laneAtText();
    call.offer('text', 'two ');
    call.pause();
    // The SDK still has the first part open; this is of the second.
    expect(call.offer('text', 'Three ')).toBe(false);
    expect(say('two ')).toBe('');
    expect(call.offer('text', 'four ')).toBe(false);
    lane.end('t1');
    lane.open('text', 't2');
    expect(say('Three ', 't2')).toBe('Three ');
    expect(say('four ', 't2')).toBe('four ');
    expect(call.offer('text', 'five')).toBe(true);
    expect(taken).toEqual(['text-delta t1: two ', 'text-delta t2: five']);
  });

  it('is not sure after a pause because what was offered before it has been said', () => {
    const { call, say } = laneAtText();
    call.pause();
    expect(call.offer('text', 'two ')).toBe(false);
    call.pause();
    expect(say('two ')).toBe('two ');
    expect(call.offer('text', 'three')).toBe(false);
  });

  it('learns nothing from a delta that says nothing, nor from one of another part', () => {
    const { call, say } = laneAtText();
    call.pause();
    expect(call.offer('text', '')).toBe(false);
    say('');
    expect(call.offer('text', 'two ')).toBe(false);
    say('two ', 't0');
    expect(call.offer('text', 'three ')).toBe(false);
  });

  it('says nothing ahead once something was unclear, or more came out than was understood, until the next call', () => {
    const unclear = laneAtText();
    unclear.call.close();
    unclear.call.pause();
    expect(unclear.call.offer('text', 'two ')).toBe(false);
    unclear.say('two ');
    expect(unclear.call.offer('text', 'three')).toBe(false);
    const { call, say } = laneAtText();
    say('from a frame that was taken for silent');
    call.offer('text', 'two ');
    say('two ');
    expect(call.offer('text', 'three')).toBe(false);
  });

  it('hears nothing of a call once another has begun', () => {
    const { lane, call, say } = laneAtText();
    const next = lane.begin();
    next.offer('text', 'Again ');
    lane.open('text', 't1');
    call.close();
    expect(call.offer('text', 'from the dead')).toBe(false);
    say('Again ');
    expect(next.offer('text', 'and again')).toBe(true);
  });

  it('throws when the SDK closes a part, or begins another call, and has left out what was said ahead', () => {
    const { lane, call } = laneAtText();
    call.offer('text', 'two ');
    expect(() => lane.begin()).toThrow('leaves out 4 characters');
    expect(() => lane.end('t1')).toThrow('leaves out 4 characters');
  });
});
