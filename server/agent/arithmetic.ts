/** Exact arithmetic on fractions of big integers: 0.1 + 0.2 is 0.3. */
type Fraction = { top: bigint; bottom: bigint };

const maxExpressionLength = 500;
const maxDigits = 2_000;
const shownDecimals = 20;

/**
 * Compute `+ - * / ^`, brackets and decimals, exactly.
 *
 * @returns the result in decimal notation, at most 20 places after the point
 * @throws Error that says what is wrong with the expression
 */
export function calculate(expression: string): string {
  if (expression.length > maxExpressionLength) throw new Error('The expression is too long.');
  const tokens = tokenize(expression);
  const result = readSum(tokens);
  if (tokens.length > 0) throw new Error(`Did not expect "${tokens[0]}" here.`);
  return toDecimal(result);
}

function tokenize(expression: string): string[] {
  const tokens = expression.replaceAll('×', '*').replaceAll('÷', '/').match(/\d+(?:\.\d+)?|\.\d+|\S/g) ?? [];
  const strange = tokens.find((token) => !/^(?:[\d.]*\d|[-+*/^()])$/.test(token));
  if (strange !== undefined) throw new Error(`Cannot calculate with "${strange}".`);
  return tokens;
}

function readSum(tokens: string[]): Fraction {
  let sum = readProduct(tokens);
  while (tokens[0] === '+' || tokens[0] === '-') {
    const sign = tokens.shift() === '-' ? -1n : 1n;
    const { top, bottom } = readProduct(tokens);
    sum = fraction(sum.top * bottom + sign * top * sum.bottom, sum.bottom * bottom);
  }
  return sum;
}

function readProduct(tokens: string[]): Fraction {
  let product = readPower(tokens);
  while (tokens[0] === '*' || tokens[0] === '/') {
    const divides = tokens.shift() === '/';
    const { top, bottom } = readPower(tokens);
    if (divides && top === 0n) throw new Error('Cannot divide by zero.');
    product = divides
      ? fraction(product.top * bottom, product.bottom * top)
      : fraction(product.top * top, product.bottom * bottom);
  }
  return product;
}

/** A sign binds less than a power (-2^2 is -4), and powers group from the right. */
function readPower(tokens: string[]): Fraction {
  if (tokens[0] === '-' || tokens[0] === '+') {
    const negative = tokens.shift() === '-';
    const { top, bottom } = readPower(tokens);
    return { top: negative ? -top : top, bottom };
  }
  const base = readAtom(tokens);
  if (tokens[0] !== '^') return base;
  tokens.shift();
  return power(base, readPower(tokens));
}

function readAtom(tokens: string[]): Fraction {
  const token = tokens.shift();
  if (token === undefined) throw new Error('The expression ends too early.');
  if (token === '(') {
    const inner = readSum(tokens);
    if (tokens.shift() !== ')') throw new Error('A closing bracket is missing.');
    return inner;
  }
  if (!/\d/.test(token)) throw new Error(`Did not expect "${token}" here.`);
  const [whole = '', decimals = ''] = token.split('.');
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function power(base: Fraction, exponent: Fraction): Fraction {
  if (exponent.bottom !== 1n) throw new Error('Only whole exponents are possible.');
  const times = exponent.top < 0n ? -exponent.top : exponent.top;
  const digits = BigInt(Math.max(digitsOf(base.top), digitsOf(base.bottom)));
  if (digits * times > BigInt(maxDigits)) throw new Error('The result is too large.');
  if (exponent.top >= 0n) return { top: base.top ** times, bottom: base.bottom ** times };
  if (base.top === 0n) throw new Error('Cannot divide by zero.');
  return fraction(base.bottom ** times, base.top ** times);
}

function fraction(top: bigint, bottom: bigint): Fraction {
  const sign = bottom < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom * sign);
  const reduced = { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
  const digits = Math.max(digitsOf(reduced.top), digitsOf(reduced.bottom));
  if (digits > maxDigits) throw new Error('The result is too large.');
  return reduced;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

function digitsOf(value: bigint): number {
  return value.toString().replace('-', '').length;
}

function toDecimal({ top, bottom }: Fraction): string {
  const sign = top < 0n ? '-' : '';
  const scaled = (top < 0n ? -top : top) * 10n ** BigInt(shownDecimals);
  const digits = ((scaled + bottom / 2n) / bottom).toString().padStart(shownDecimals + 1, '0');
  const decimals = digits.slice(-shownDecimals).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -shownDecimals)}${decimals === '' ? '' : `.${decimals}`}`;
}
