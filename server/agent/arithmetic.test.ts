import { describe, expect, it } from 'vitest';
import { calculate } from './arithmetic.ts';

describe('calculate', () => {
  it.each([
    ['0.1 + 0.2', '0.3'],
    ['(0.1 + 0.2) * 140', '42'],
    ['2 + 3 * 4', '14'],
    ['10 - 4 - 3', '3'],
    ['-2 ^ 2', '-4'],
    ['2 ^ 3 ^ 2', '512'],
    ['2 ^ -2', '0.25'],
    ['(-8) / 3', '-2.66666666666666666667'],
    ['7 / 7 / 2', '0.5'],
    ['.5 × 4 ÷ 8', '0.25'],
    ['- - 3', '3'],
    ['99999999999999999999 + 1', '100000000000000000000'],
    ['0 * (1 - 1)', '0'],
  ])('computes %s', (expression, result) => {
    expect(calculate(expression)).toBe(result);
  });

  it.each([
    ['', 'ends too early'],
    ['2 +', 'ends too early'],
    ['(2 + 3', 'closing bracket'],
    ['2 3', 'Did not expect "3"'],
    ['1 / (2 - 2)', 'divide by zero'],
    ['0 ^ -1', 'divide by zero'],
    ['2 ^ 0.5', 'whole exponents'],
    ['9 ^ 9 ^ 9', 'too large'],
    ['(9 ^ 1999) * (9 ^ 1999)', 'too large'],
    ['process.exit()', 'Cannot calculate with'],
    ['1'.repeat(501), 'too long'],
  ])('refuses %s', (expression, message) => {
    expect(() => calculate(expression)).toThrow(message);
  });
});
