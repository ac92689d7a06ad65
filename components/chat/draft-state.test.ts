import { describe, expect, it } from 'vitest';
import type { ApiErrorReason } from '#components/api/api-error.ts';
import type { Attachment } from './attachment.ts';
import { emptyDraft, reduceDraft, toSavedDraft, type DraftChange, type DraftState } from './draft-state.ts';

const empty = emptyDraft(null);
const after = (...changes: DraftChange[]): DraftState => changes.reduce(reduceDraft, empty);
const typed = (text: string): DraftChange => ({ type: 'typed', text });
const sent = (id: string): DraftChange => ({ type: 'sent', id });
const attachment = (id: string, given: Partial<Attachment> = {}): Attachment => ({
  id,
  name: `${id}.txt`,
  mediaType: 'text/plain',
  size: 1,
  fileId: `file-${id}`,
  fault: null,
  isPastedText: false,
  ...given,
});
const attached = (...attachments: Attachment[]): DraftChange => ({ type: 'attached', attachments });
const uploading = { fileId: null };
const refused = (reason: ApiErrorReason): DraftChange => ({ type: 'refused', reason });

describe('reduceDraft', () => {
  it('empties the composer when the message is on its way, and forgets it when it has arrived', () => {
    const sending = after(typed('hello'), sent('m1'));
    expect(sending).toMatchObject({ text: '', outgoing: { id: 'm1', text: 'hello', phase: 'sending' } });
    expect(reduceDraft(sending, { type: 'arrived' })).toEqual(empty);
  });

  it('sends nothing without words, and nothing beside a message on its way', () => {
    expect(after(typed('  '), sent('m1')).outgoing).toBeNull();
    expect(after(typed('a'), sent('m1'), typed('b'), sent('m2'))).toMatchObject({ text: 'b', outgoing: { id: 'm1' } });
  });

  it('gives the words back when the message is refused', () => {
    expect(after(typed('hello'), sent('m1'), refused('RUN_ACTIVE'))).toMatchObject({
      text: 'hello',
      outgoing: { phase: 'refused', reason: 'RUN_ACTIVE' },
    });
  });

  it('keeps what was typed while the message was on its way', () => {
    expect(after(typed('one'), sent('m1'), typed('two'), refused('UNREACHABLE')).text).toBe('one\n\ntwo');
    expect(after(typed('one'), sent('m1'), typed('two'), { type: 'arrived' }).text).toBe('two');
  });

  it('takes words that could not go elsewhere behind what is typed', () => {
    expect(after(typed('one'), { type: 'kept', text: 'two' })).toEqual({ ...empty, text: 'one\n\ntwo' });
    expect(after({ type: 'kept', text: 'two' }).text).toBe('two');
  });

  it('tries the same words under the same id, and other words under another', () => {
    const failed = [typed('hello'), sent('m1'), refused('UNREACHABLE')];
    expect(after(...failed, sent('m2')).outgoing?.id).toBe('m1');
    expect(after(...failed, typed('hello!'), sent('m2')).outgoing?.id).toBe('m2');
    expect(after(typed('hello'), sent('m1'), refused('MESSAGE_CONFLICT'), sent('m2')).outgoing?.id).toBe('m2');
  });

  it('goes on in the chat that an earlier try has made', () => {
    const failed = after(typed('a'), sent('m1'), { type: 'chatMade', chatId: 'c1' }, refused('UNREACHABLE'));
    expect([typed('b'), sent('m2')].reduce(reduceDraft, failed).outgoing?.chatId).toBe('c1');
  });

  it('moves over to the chat made for it when the message has arrived there', () => {
    const made = [typed('a'), sent('m1'), { type: 'chatMade', chatId: 'c1' } as const];
    expect(after(...made, { type: 'arrived' })).toEqual(emptyDraft('c1'));
  });

  it('makes another chat when the one made for it is gone', () => {
    const made = [typed('a'), sent('m1'), { type: 'chatMade', chatId: 'c1' } as const];
    expect(after(...made, refused('NOT_FOUND'), sent('m2')).outgoing?.chatId).toBeNull();
  });

  it('clears the composer when a message taken for lost turns out to have arrived', () => {
    const failed = after(typed('hello'), sent('m1'), refused('UNREACHABLE'));
    expect(reduceDraft(failed, { type: 'arrived' })).toEqual(empty);
    const edited = reduceDraft(failed, typed('hello again'));
    expect(reduceDraft(edited, { type: 'arrived' })).toEqual({ ...empty, text: 'hello again' });
  });

  it('brings a message back that a reload cut off, under its id, before what was typed since', () => {
    const saved = toSavedDraft(after(typed('one'), sent('m1'), typed('two')));
    const restored = reduceDraft(reduceDraft(empty, typed('three')), { type: 'restored', saved });
    expect(restored).toMatchObject({
      text: 'one\n\ntwo\n\nthree',
      outgoing: { id: 'm1', phase: 'refused', reason: null },
    });
  });

  it('does not double the words of a message refused before the reload', () => {
    const saved = toSavedDraft(after(typed('one'), sent('m1'), refused('UNREACHABLE')));
    expect(reduceDraft(empty, { type: 'restored', saved }).text).toBe('one');
  });

  it('sends files without words, but none that is not there yet', () => {
    const waiting = after(typed('look'), attached(attachment('a'), attachment('b', uploading)));
    expect(reduceDraft(waiting, sent('m1'))).toBe(waiting);
    const there: DraftChange = { type: 'attachment', id: 'b', now: { fileId: 'file-b' } };
    const { attachments, outgoing } = [there, sent('m1')].reduce(reduceDraft, waiting);
    expect(attachments).toEqual([]);
    expect(outgoing?.attachments.map(({ fileId }) => fileId)).toEqual(['file-a', 'file-b']);
    expect(after(attached(attachment('a')), sent('m1')).outgoing?.text).toBe('');
    expect(after(typed('x'), attached(attachment('a', { ...uploading, fault: 'SERVER' })), sent('m1')).outgoing).toBeNull();
  });

  it('gives the files back with the words, and counts them to the message', () => {
    const failed = [attached(attachment('a')), typed('x'), sent('m1'), attached(attachment('b')), refused('UNREACHABLE')];
    expect(after(...failed).attachments.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(after(...failed, sent('m2')).outgoing?.id).toBe('m2');
    expect(after(...failed, { type: 'detached', id: 'b' }, sent('m2')).outgoing?.id).toBe('m1');
  });

  it('takes all files for gone when the server has one of them no more', () => {
    const { attachments } = after(attached(attachment('a')), sent('m1'), refused('FILE_GONE'));
    expect(attachments).toMatchObject([{ fileId: null, fault: 'FILE_GONE' }]);
  });

  it('says after a reload which files were on their way', () => {
    const saved = toSavedDraft(after(attached(attachment('a'), attachment('b', uploading))));
    const { attachments } = reduceDraft(empty, { type: 'restored', saved });
    expect(attachments.map(({ id, fault }) => [id, fault])).toEqual([['a', null], ['b', 'CUT_OFF']]);
  });

  it('makes text of pasted text again, once, after what was typed', () => {
    const pasted = [typed('before'), attached(attachment('a', { isPastedText: true }))];
    const unpack: DraftChange = { type: 'unpacked', id: 'a', text: 'long' };
    expect(after(...pasted, unpack, unpack)).toMatchObject({ text: 'before\n\nlong', attachments: [] });
  });
});
