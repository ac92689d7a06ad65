'use client';

import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { emptyDraft, reduceDraft, toSavedDraft, type DraftState } from './draft-state.ts';
import { loadDraft, saveDraft, type DraftStorage } from './draft-store.ts';

const saveAfterMs = 300;

/**
 * A chat's draft, kept in the browser: soon after each change, and at the latest when the page is left. When the chat
 * of a new draft is made, the draft moves over to it.
 */
export function useDraft(chatId: string | null) {
  const [draft, change] = useReducer(reduceDraft, emptyDraft);
  const latest = useRef<DraftState | null>(null);
  const savedFor = useRef(chatId);

  useLayoutEffect(() => {
    const saved = loadDraft(storage(), savedFor.current);
    if (saved) change({ type: 'restored', saved });
  }, []);

  useEffect(() => {
    // The first pass still holds the empty draft from before the restore.
    if (latest.current === null && draft === emptyDraft) return;
    latest.current = draft;
    if (savedFor.current !== chatId) {
      saveDraft(storage(), savedFor.current, toSavedDraft(emptyDraft));
      savedFor.current = chatId;
    }
    // A message on its way is kept at once: its id makes a second try harmless.
    if (draft.outgoing) return saveDraft(storage(), chatId, toSavedDraft(draft));
    const timer = setTimeout(() => saveDraft(storage(), chatId, toSavedDraft(draft)), saveAfterMs);
    return () => clearTimeout(timer);
  }, [draft, chatId]);

  useEffect(() => {
    const save = () => {
      if (latest.current) saveDraft(storage(), savedFor.current, toSavedDraft(latest.current));
    };
    addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      save();
      removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
    };
  }, []);

  return { draft, change };
}

const storage = (): DraftStorage => ({ tab: sessionStorage, browser: localStorage });
