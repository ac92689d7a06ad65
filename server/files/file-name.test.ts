import { describe, expect, it } from 'vitest';
import { cleanFileName, dispositionOf } from './file-name.ts';

describe('cleanFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['C:\\secret\\report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a\r\nSet-Cookie: b', 'aSet-Cookie: b'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['half \ud83d', 'half \ufffd'],
    ['..', 'file'],
    ['', 'file'],
  ])('makes of %j %j', (given, name) => {
    expect(cleanFileName(given)).toBe(name);
  });

  it('cuts a long name before its ending', () => {
    expect(cleanFileName(`${'x'.repeat(300)}.md`)).toBe(`${'x'.repeat(197)}.md`);
  });
});

describe('dispositionOf', () => {
  it('names the file in every browser, and cannot be broken out of', () => {
    expect(dispositionOf('Höhe "1".md', false)).toBe(
      `attachment; filename="H_he _1_.md"; filename*=UTF-8''H%C3%B6he%20%221%22.md`,
    );
    expect(dispositionOf("it's (1).png", true)).toContain(`inline; filename="it's (1).png"; filename*=UTF-8''it%27s%20%281%29.png`);
  });
});
