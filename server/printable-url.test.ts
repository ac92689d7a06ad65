import { expect, it } from 'vitest';
import { printableUrl } from './printable-url.ts';

it.each([
  ['/chat/01a204f0-fda0-702d-864d-037e2a5a9363', '/chat/01a204f0-fda0-702d-864d-037e2a5a9363'],
  ['/share/kX0rT3kZ', '/share/[token]'],
  ['/share/kX0rT3kZ?_rsc=1', '/share/[token]'],
  ['http://holdfast.example/share/kX0rT3kZ/', 'http://holdfast.example/share/[token]/'],
  ['//Share/kX0rT3kZ', '//Share/[token]'],
  ['/api/trpc/share.get?input=%7B%22token%22%3A%22kX0rT3kZ%22%7D', '/api/trpc/share.get'],
  ['/share', '/share'],
])('%s is printed as %s', (url, printed) => {
  expect(printableUrl(url)).toBe(printed);
});
