import { describe, expect, it } from 'vitest';
import { sampleFiles } from '#server/testing/sample-files';
import { findFileType } from './file-type.ts';

const { png, pdf, zip } = sampleFiles;
const text = Buffer.from('# Höhe\n');

describe('findFileType', () => {
  it.each([
    { name: 'photo.png', bytes: png, claimed: 'image/png', mediaType: 'image/png' },
    { name: 'photo.png', bytes: png, claimed: '', mediaType: 'image/png' },
    { name: 'paper.pdf', bytes: pdf, claimed: 'application/pdf', mediaType: 'application/pdf' },
    { name: 'notes.md', bytes: text, claimed: 'application/octet-stream', mediaType: 'text/markdown' },
    { name: 'notes.md', bytes: text, claimed: 'text/plain; charset=utf-8', mediaType: 'text/markdown' },
    { name: 'table.csv', bytes: text, claimed: 'text/csv', mediaType: 'text/csv' },
    { name: 'data.json', bytes: Buffer.from('{}'), claimed: 'application/json', mediaType: 'application/json' },
    { name: 'page.html', bytes: Buffer.from('<script>1</script>'), claimed: 'text/html', mediaType: 'text/plain' },
    { name: 'feed.xml', bytes: Buffer.from('<?xml version="1.0"?><a/>'), claimed: 'text/xml', mediaType: 'text/plain' },
    { name: 'code.ts', bytes: text, claimed: '', mediaType: 'text/plain' },
    { name: 'constructor', bytes: text, claimed: '', mediaType: 'text/plain' },
  ])('takes $name that claims "$claimed" for $mediaType', async ({ bytes, mediaType, ...given }) => {
    expect(await findFileType(bytes, given)).toEqual({ mediaType });
  });

  it.each([
    ['text that claims to be a picture', text, 'image/png'],
    ['a picture that claims to be another kind', png, 'image/jpeg'],
    ['a picture that claims to be text', png, 'text/plain'],
    ['bytes that claim to be text', Buffer.from([0xff, 0xfe, 0x00, 0x41]), 'text/plain'],
  ])('refuses %s', async (_, bytes, claimed) => {
    expect(await findFileType(bytes, { name: 'file', claimed })).toEqual({ refused: 'FILE_TYPE_DIFFERS' });
  });

  it.each([
    ['an archive', zip, ''],
    ['text that claims to be a format of some program', text, 'application/vnd.ms-excel'],
    ['a drawing that can hold programs', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
    ['bytes of no kind that is known', Buffer.from([0x00, 0x01, 0x02]), ''],
    ['text that is not UTF-8', Buffer.from([0x48, 0xf6, 0x68, 0x65]), ''],
  ])('does not take %s', async (_, bytes, claimed) => {
    expect(await findFileType(bytes, { name: 'file', claimed })).toEqual({ refused: 'FILE_TYPE_REFUSED' });
  });
});
