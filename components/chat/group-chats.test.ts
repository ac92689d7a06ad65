import { describe, expect, it } from 'vitest';
import { sampleChat } from '#components/testing/sample-views.ts';
import { dayOf, readClock } from './day.ts';
import { groupChats } from './group-chats.ts';

const at = (instant: string) => sampleChat({ id: instant, lastActivityAt: instant });
const read = (instants: string[], today: string, timeZone = 'UTC') =>
  groupChats(instants.map(at), { today, timeZone }).map(({ age, chats }) => [
    age.kind === 'month' ? age.month : age.kind,
    chats.length,
  ]);

describe('groupChats', () => {
  it('groups by today, yesterday, the week before and then by months', () => {
    const instants = [
      '2026-03-02T09:00:00.000Z',
      '2026-03-02T00:00:00.000Z',
      '2026-03-01T23:59:00.000Z',
      '2026-02-28T12:00:00.000Z',
      '2026-02-23T12:00:00.000Z',
      '2026-02-22T12:00:00.000Z',
      '2026-01-31T12:00:00.000Z',
      '2025-12-31T12:00:00.000Z',
    ];
    expect(read(instants, '2026-03-02')).toEqual([
      ['today', 2],
      ['yesterday', 1],
      ['week', 2],
      ['2026-02', 1],
      ['2026-01', 1],
      ['2025-12', 1],
    ]);
  });

  it('asks the calendar of the place', () => {
    const instant = '2026-03-01T23:30:00.000Z';
    expect(read([instant], '2026-03-02', 'Europe/Berlin')).toEqual([['today', 1]]);
    expect(read([instant], '2026-03-01', 'America/New_York')).toEqual([['today', 1]]);
  });

  it('counts days, not hours, when the clocks change', () => {
    expect(read(['2026-03-28T12:00:00.000Z'], '2026-03-29', 'Europe/Berlin')).toEqual([['yesterday', 1]]);
  });

  it('takes what comes from a clock that is ahead for today', () => {
    expect(read(['2026-03-03T00:00:01.000Z'], '2026-03-02')).toEqual([['today', 1]]);
  });
});

describe('readClock', () => {
  it('falls back to UTC', () => {
    expect(readClock('Nowhere/Land')).toEqual({ today: dayOf(new Date(), 'UTC'), timeZone: 'UTC' });
    expect(readClock(undefined).timeZone).toBe('UTC');
    expect(readClock('Asia/Tokyo').timeZone).toBe('Asia/Tokyo');
  });
});
