import { describe, expect, it } from 'vitest';
import { loadDraft, saveDraft } from './draft-store.ts';

/** The part of Storage that drafts use. */
function createStorage(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  } as Storage;
}

const draft = (text: string) => ({ text, attachments: [], outgoing: null });

describe('saveDraft', () => {
  it('keeps one draft per chat, and one for the chat that does not exist yet', () => {
    const storage = { tab: createStorage(), browser: createStorage() };
    saveDraft(storage, 'a', draft('in a'));
    saveDraft(storage, null, draft('new'));
    expect(loadDraft(storage, 'a')).toEqual(draft('in a'));
    expect(loadDraft(storage, null)).toEqual(draft('new'));
    expect(loadDraft(storage, 'b')).toBeNull();
  });

  it('outlives its tab', () => {
    const browser = createStorage();
    saveDraft({ tab: createStorage(), browser }, 'a', draft('kept'));
    expect(loadDraft({ tab: createStorage(), browser }, 'a')).toEqual(draft('kept'));
  });

  it('prefers the draft of its own tab', () => {
    const [tab, browser] = [createStorage(), createStorage()];
    saveDraft({ tab, browser }, 'a', draft('mine'));
    saveDraft({ tab: createStorage(), browser }, 'a', draft('theirs'));
    expect(loadDraft({ tab, browser }, 'a')).toEqual(draft('mine'));
  });

  it('removes an empty draft, but not the one of another tab', () => {
    const [tab, browser] = [createStorage(), createStorage()];
    saveDraft({ tab, browser }, 'a', draft('mine'));
    saveDraft({ tab, browser }, 'a', draft(''));
    expect(loadDraft({ tab, browser }, 'a')).toBeNull();
    saveDraft({ tab, browser }, 'a', draft('mine'));
    saveDraft({ tab: createStorage(), browser }, 'a', draft('theirs'));
    saveDraft({ tab, browser }, 'a', draft(''));
    expect(loadDraft({ tab, browser }, 'a')).toEqual(draft('theirs'));
  });
});

describe('loadDraft', () => {
  it('takes what it cannot read for none', () => {
    const tab = createStorage();
    tab.setItem('holdfast.draft.a', '{"text":1}');
    expect(loadDraft({ tab, browser: createStorage() }, 'a')).toBeNull();
  });

  it('reads the drafts of a page that knew of no attachments', () => {
    const tab = createStorage();
    tab.setItem('holdfast.draft.a', '{"text":"kept","outgoing":{"id":"m1","text":"sent","chatId":null}}');
    expect(loadDraft({ tab, browser: createStorage() }, 'a')).toEqual({
      text: 'kept',
      attachments: [],
      outgoing: { id: 'm1', text: 'sent', attachments: [], chatId: null },
    });
  });

  it('does without storage where the browser forbids it', () => {
    const forbidden = { getItem: () => { throw new Error('forbidden'); } } as unknown as Storage;
    expect(loadDraft({ tab: forbidden, browser: forbidden }, 'a')).toBeNull();
  });
});
