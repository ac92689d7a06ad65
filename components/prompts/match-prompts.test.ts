import { describe, expect, it } from 'vitest';
import { english } from '#components/words/english.ts';
import { createSay } from '#components/words/say.ts';
import { matchPrompts, slashQuery } from './match-prompts.ts';

const say = createSay('en', english);
const own = [{ id: '1', name: 'Tide report', text: 'Report the tide of' }];
const namesFor = (query: string) => matchPrompts(own, query, say).map(({ name }) => name);

describe('slashQuery', () => {
  it.each([
    ['/', ''],
    ['/fix gr', 'fix gr'],
    ['', null],
    ['a /', null],
    ['/etc/hosts', null],
    ['/one\n', null],
  ])('reads %j as %j', (text, query) => {
    expect(slashQuery(text)).toBe(query);
  });
});

describe('matchPrompts', () => {
  it('lists all of them, the own ones last', () => {
    expect(namesFor('')).toEqual(['Summarise', 'Explain simply', 'Translate', 'Fix grammar', 'Shorten', 'Tide report']);
  });

  it('goes by the words of the name', () => {
    expect(namesFor('gra FIX')).toEqual(['Fix grammar']);
    expect(namesFor('t')).toEqual(['Translate', 'Shorten', 'Tide report']);
    expect(namesFor('zeppelin')).toEqual([]);
  });
});
