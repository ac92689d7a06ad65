import { describe, expect, it } from 'vitest';
import { mayHoldMath, toDollarMath } from './dollar-math.ts';

describe('toDollarMath', () => {
  it('writes formulas within a sentence with two dollars', () => {
    expect(toDollarMath('so \\(a^2\\) and $b_1$ hold')).toBe('so $$a^2$$ and $$b_1$$ hold');
    expect(toDollarMath('see \\[x\\] here')).toBe('see $$x$$ here');
  });

  it('gives a formula that stands alone lines of its own', () => {
    const own = 'a\n\n$$\nx = 1\n$$\n\nb';
    for (const formula of ['\\[x = 1\\]', '\\[\n  x = 1\n\\]', '$$x = 1$$']) {
      expect(toDollarMath(`a\n\n${formula}\n\nb`), formula).toBe(own);
    }
    expect(toDollarMath(own)).toBe(own);
  });

  it('keeps a formula inside of its list item', () => {
    expect(toDollarMath('1. so\n\n   \\[x\\]')).toBe('1. so\n\n   $$\n   x\n   $$');
  });

  it('opens a formula that is still being written', () => {
    expect(toDollarMath('so\n\\[ \\frac{1}{')).toBe('so\n$$\n \\frac{1}{');
  });

  it('leaves money and code alone', () => {
    for (const text of ['from $5 to $10', 'US$5 or A$6', '`$x$` and `\\(y\\)`', '```sh\necho $A $B$\n```', '\\$x\\$']) {
      expect(toDollarMath(text), text).toBe(text);
    }
  });
});

describe('mayHoldMath', () => {
  it('asks for the code of formulas only where there may be some', () => {
    for (const text of ['$$x', '\\(x', '\\[x', '$x$', '```math\nx\n```']) expect(mayHoldMath(text), text).toBe(true);
    for (const text of ['', 'from $5 to $10', '[link](a)', 'f(x)']) expect(mayHoldMath(text), text).toBe(false);
  });
});
