import { describe, expect, it } from 'vitest';
import { sampleMessage } from '#components/testing/sample-views.ts';
import { loadEdit, newWords, saveEdit, sendEdit } from './edit-draft.ts';

/** As much of a browser's storage as is used. */
function createStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as unknown as Storage;
}

const createStorages = () => ({ tab: createStorage(), browser: createStorage() });

const typed = newWords('why not?');
const message = sampleMessage('u1', { role: 'user', text: 'why?' });
const withSiblings = (siblings: string[]) => ({ ...message, metadata: { ...message.metadata!, siblings } });

describe('an edit', () => {
  it('is kept for its message until it is forgotten', () => {
    const storage = createStorages();
    saveEdit(storage, 'u1', typed);
    expect(loadEdit(storage, message)).toEqual(typed);
    expect(loadEdit(storage, sampleMessage('u2', { role: 'user' }))).toBeNull();
    saveEdit(storage, 'u1', null);
    expect(loadEdit(storage, message)).toBeNull();
  });

  it('is forgotten once its words stand beside the message, and kept where they were changed since', () => {
    const storage = createStorages();
    const sent = sendEdit(typed, 'u2');
    saveEdit(storage, 'u1', sent);
    expect(loadEdit(storage, withSiblings(['u1', 'u3']))).toEqual(sent);
    saveEdit(storage, 'u1', { ...sent, text: 'why so?' });
    expect(loadEdit(storage, withSiblings(['u1', 'u2']))?.text).toBe('why so?');
    saveEdit(storage, 'u1', sent);
    expect(loadEdit(storage, withSiblings(['u1', 'u2']))).toBeNull();
    expect(loadEdit(storage, message)).toBeNull();
  });

  it('goes out as the same message when the same words are sent again, and as another when they have changed', () => {
    const first = sendEdit(typed, 'id-1');
    expect(first.outgoing).toEqual({ id: 'id-1', text: 'why not?', attachments: [], chatId: null });
    expect(sendEdit(first, 'id-2').outgoing.id).toBe('id-1');
    expect(sendEdit({ ...first, text: 'why so?' }, 'id-2').outgoing).toMatchObject({ id: 'id-2', text: 'why so?' });
  });
});
