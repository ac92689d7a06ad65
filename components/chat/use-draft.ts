'use client';

import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { emptyDraft, reduceDraft, toSavedDraft, type DraftState } from './draft-state.ts';
import { draftStorage, loadDraft, saveDraft } from './draft-store.ts';

const saveAfterMs = 300;

/**
 * A chat's draft, kept in the browser: soon after each change, and at the latest when the page is left. When the chat
 * of a new draft is made, the draft moves over to it.
 */
export function useDraft(chatId: string | null) {
  const [initial] = useState(() => emptyDraft(chatId));
  const [draft, change] = useReducer(reduceDraft, initial);
  const latest = useRef<DraftState | null>(null);
  const savedFor = useRef(chatId);

  useLayoutEffect(() => {
    const saved = loadDraft(draftStorage(), savedFor.current);
    if (saved) change({ type: 'restored', saved });
  }, []);

  useEffect(() => {
    // What was kept must not be overwritten before it is restored.
    if (draft === initial) return;
    latest.current = draft;
    if (savedFor.current !== draft.chatId) {
      saveDraft(draftStorage(), savedFor.current, toSavedDraft(emptyDraft(null)));
      savedFor.current = draft.chatId;
    }
    // A message on its way is kept at once: its id makes a second try harmless.
    if (draft.outgoing) return save(draft);
    const timer = setTimeout(save, saveAfterMs, draft);
    return () => clearTimeout(timer);
  }, [draft, initial]);

  useEffect(() => {
    const saveNow = () => latest.current && save(latest.current);
    addEventListener('pagehide', saveNow);
    document.addEventListener('visibilitychange', saveNow);
    return () => {
      saveNow();
      removeEventListener('pagehide', saveNow);
      document.removeEventListener('visibilitychange', saveNow);
    };
  }, []);

  return { draft, change };
}

function save(draft: DraftState): void {
  saveDraft(draftStorage(), draft.chatId, toSavedDraft(draft));
}
