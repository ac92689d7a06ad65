/**
 * The fast lane of one answer. A word goes to the journal as soon as the provider's bytes are here, and through the
 * provider package and the AI SDK later, in company: they are by far the most of what a word costs
 * (docs/decisions/0014-words-ahead-of-the-sdk.md). The SDK stays the one who says what is said: it opens and closes each
 * part, and only more text of the part that it has open is said ahead.
 */
import type { AgentInput } from '#server/runs/agent';

export type DeltaKind = 'text' | 'reasoning';

export type DeltaLane = {
  /** A model call begins. */
  begin(): void;
  /** The provider says more text: true when it was said ahead. The SDK is to get it either way. */
  offer(kind: DeltaKind, text: string): boolean;
  /** The provider says something without text, which may end one part and begin another. */
  pause(): void;
  /** The provider says something that may hold text and is not understood: nothing of this call goes ahead any more. */
  close(): void;
  /** The SDK has opened a part, and that was said. */
  open(kind: DeltaKind, id: string): void;
  /** The SDK says this. Returns what of it is still to be said; call `said` then. */
  receive(text: string): string;
  said(text: string): void;
  /** The SDK closes its part. @throws when it has left out what was said ahead */
  end(id: string): void;
};

/**
 * The SDK is behind the provider, so which part it has open says nothing about the part that the provider is at. After
 * each pause one delta goes the long way, as a probe: when the SDK says it, everything before it has been said, too.
 */
type Knowledge = 'unsure' | 'probing' | 'sure' | 'closed';

export function createDeltaLane(take: AgentInput['takeDelta']): DeltaLane {
  let knowledge: Knowledge = 'unsure';
  let part: { kind: DeltaKind; id: string } | null = null;
  /** characters that the SDK was given and has not said */
  let behind = 0;
  /** characters said ahead that the SDK has yet to say; they come before those that are behind */
  let ahead = 0;
  return {
    begin() {
      [knowledge, part, behind, ahead] = ['unsure', null, 0, 0];
    },
    offer(kind, text) {
      if (knowledge === 'sure' && part?.kind === kind && take({ type: `${kind}-delta`, id: part.id, delta: text })) {
        ahead += text.length;
        return true;
      }
      if (knowledge !== 'closed') knowledge = 'probing';
      behind += text.length;
      return false;
    },
    pause() {
      if (knowledge !== 'closed') knowledge = 'unsure';
    },
    close() {
      knowledge = 'closed';
    },
    open(kind, id) {
      part = { kind, id };
    },
    receive(text) {
      const known = Math.min(ahead, text.length);
      ahead -= known;
      return text.slice(known);
    },
    said(text) {
      behind -= text.length;
      if (behind === 0 && knowledge === 'probing') knowledge = 'sure';
    },
    end(id) {
      if (part?.id !== id) return;
      part = null;
      if (ahead > 0) throw new Error(`the SDK leaves out ${ahead} characters that the provider has said`);
    },
  };
}
