import { describe, expect, it } from 'vitest';
import { isDatabaseAway } from './database-away.ts';

const withCode = (code: string) => Object.assign(new Error('…'), { code });

describe('isDatabaseAway', () => {
  it.each(['ECONNREFUSED', '57P01', '57P03', '08006', '53300', 'P1001'])('knows the code %s', (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(true);
    expect(isDatabaseAway(new Error('outer', { cause: withCode(code) }))).toBe(true);
  });

  it('knows errors that carry only words, or several errors', () => {
    expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isDatabaseAway(new AggregateError([withCode('ECONNREFUSED')]))).toBe(true);
  });

  it('leaves every other error what it is', () => {
    const others = [withCode('23505'), new Error('no'), 'ECONNREFUSED', null];
    expect(others.filter(isDatabaseAway)).toEqual([]);
  });
});
