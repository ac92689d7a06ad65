import { Search } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import { filterGroups, isWanted } from './command.ts';

describe('isWanted', () => {
  it.each([
    ['', 'New chat', true],
    ['new', 'New chat', true],
    ['chat new', 'New chat', true],
    ['EW C', 'New chat', true],
    ['über', 'ÜBER', true],
    ['old', 'New chat', false],
  ])('for %j and %j says %s', (query, label, wanted) => {
    expect(isWanted(query, label)).toBe(wanted);
  });
});

describe('filterGroups', () => {
  it('drops groups of which nothing is left', () => {
    const command = (label: string) => ({ id: label, label, icon: Search, run: () => undefined });
    const groups = [
      { title: 'one', commands: [command('red'), command('blue')] },
      { title: 'two', commands: [command('green')] },
    ];
    expect(filterGroups(groups, 'red').map(({ title, commands }) => [title, commands.length])).toEqual([['one', 1]]);
    expect(filterGroups(groups, '')).toHaveLength(2);
  });
});
