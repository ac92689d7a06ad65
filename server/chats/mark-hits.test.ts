import { describe, expect, it } from 'vitest';
import { cutSnippet, markHits } from './mark-hits.ts';

describe('markHits', () => {
  it('cuts a text at its hits and loses nothing', () => {
    expect(markHits('a boat, a Boat', /boat/gi)).toEqual([
      { text: 'a ', isHit: false },
      { text: 'boat', isHit: true },
      { text: ', a ', isHit: false },
      { text: 'Boat', isHit: true },
    ]);
    expect(markHits('', /boat/g)).toEqual([]);
    expect(markHits('none', /boat/g)).toEqual([{ text: 'none', isHit: false }]);
  });
});

describe('cutSnippet', () => {
  const read = (markdown: string, pattern: RegExp) =>
    cutSnippet(markdown, pattern)
      .map(({ text, isHit }) => (isHit ? `<${text}>` : text))
      .join('');

  it('says a short text whole, without the marks of markdown', () => {
    expect(read('## The **red** boat\n\n> sails `far`', /red|far/g)).toBe('The <red> boat sails <far>');
  });

  it('shows the place where most words stand together', () => {
    const filler = 'so it goes on and on and on '.repeat(30);
    const snippet = read(`red ${filler} a red boat sails ${filler}`, /red|boat|sails/g);
    expect(snippet).toContain('a <red> <boat> <sails> so');
    expect(snippet).toMatch(/^….*…$/);
    expect(snippet.length).toBeLessThan(250);
  });

  it('begins at the beginning when nothing is found', () => {
    expect(read(`first ${'word '.repeat(100)}`, /(?!)/g)).toMatch(/^first word.*…$/);
  });

  it('cuts no character in half', () => {
    for (const shift of ['', 'x']) {
      const snippet = read(shift + '🚢'.repeat(400), /(?!)/g);
      expect(snippet.isWellFormed()).toBe(true);
    }
  });
});
