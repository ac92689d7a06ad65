import { describe, expect, it } from 'vitest';
import { readSearchWords } from './search-words.ts';

const hitsOf = (query: string, text: string) => text.match(readSearchWords(query).inText) ?? [];

describe('readSearchWords', () => {
  it.each([
    ['boats', `'boats':*`],
    ['Red boats', `'Red' & 'boats':*`],
    ['server/runs/claim.ts', `'server' & 'runs' & 'claim' & 'ts':*`],
    [`it's "quoted"`, `'it' & 's' & 'quoted':*`],
    ['東京 boat', `('東' <-> '京') & 'boat':*`],
    ['tokyo東京', `'tokyo' & ('東' <-> '京')`],
    ['& | ! <-> :*', ''],
  ])('asks the index for %s', (query, tsquery) => {
    expect(readSearchWords(query).tsquery).toBe(tsquery);
  });

  it('takes the last word for a beginning, the others as they are', () => {
    expect(hitsOf('red boat', 'Red boats, redder BOAT, longboat')).toEqual(['Red', 'boats', 'BOAT']);
  });

  it('finds characters of dense scripts anywhere', () => {
    expect(hitsOf('京都', '私は京都に住む')).toEqual(['京都']);
  });

  it('finds words beside dense scripts', () => {
    expect(hitsOf('claim', 'これはclaimです')).toEqual(['claim']);
  });

  it('matches nothing where there is no word', () => {
    expect(hitsOf('***', '*** and more')).toEqual([]);
  });

  it.each(['100%', 'a_b', 'c++ [x] {y} ^$', '&& -- !! ~'])('takes no character of %s for a pattern in titles', (query) => {
    expect(`so: ${query}`.match(readSearchWords(query).inTitle)?.join(' ')).toBe(query);
  });
});
