import { describe, expect, it } from 'vitest';
import { loadEdit, saveEdit, sendEdit, type EditDraft } from './edit-draft.ts';

/** As much of a browser's storage as is used. */
function createStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as unknown as Storage;
}

const draft: EditDraft = { messageId: 'u1', text: 'why not?', sent: null };

describe('the draft of an edit', () => {
  it('is kept for its chat until it is forgotten', () => {
    const storage = createStorage();
    saveEdit(storage, 'chat-1', draft);
    expect(loadEdit(storage, 'chat-1')).toEqual(draft);
    expect(loadEdit(storage, 'chat-2')).toBeNull();
    saveEdit(storage, 'chat-1', null);
    expect(loadEdit(storage, 'chat-1')).toBeNull();
  });

  it.each(['', '{', '"text"', '{"text":"why"}', '{"messageId":"u1","text":"why","sent":{"id":1}}'])(
    'counts as none when %j is kept',
    (kept) => {
      const storage = createStorage();
      storage.setItem('holdfast.edit.chat-1', kept);
      expect(loadEdit(storage, 'chat-1')).toBeNull();
    },
  );

  it('takes no page down where nothing can be kept', () => {
    const full = createStorage();
    full.setItem = () => {
      throw new Error('full');
    };
    expect(() => saveEdit(full, 'chat-1', draft)).not.toThrow();
  });

  it('goes out as the same message when the same words are sent again, and as another when they have changed', () => {
    const first = sendEdit(draft, 'id-1');
    expect(first.sent).toEqual({ id: 'id-1', text: 'why not?' });
    expect(sendEdit(first, 'id-2').sent.id).toBe('id-1');
    expect(sendEdit({ ...first, text: 'why so?' }, 'id-2').sent).toEqual({ id: 'id-2', text: 'why so?' });
  });
});
