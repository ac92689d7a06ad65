/**
 * The fast lane of one answer. A word goes to the journal as soon as the provider's bytes are here, and through the
 * provider package and the AI SDK later, in company: they are by far the most of what a word costs
 * (docs/decisions/0014-words-ahead-of-the-sdk.md). The SDK stays the one who says what is said: it opens and closes each
 * part, and only more text of the part that it has open is said ahead.
 */
import type { AgentInput } from '#server/runs/agent';

export type DeltaKind = 'text' | 'reasoning';

/** The provider's side of one model call; without effect once the next one has begun. */
export type LaneCall = {
  /** The provider says more text: true when it was said ahead. The SDK is to get it either way. */
  offer(kind: DeltaKind, text: string): boolean;
  /** The provider says something without text, which may end one part and begin another. */
  pause(): void;
  /** The provider says something that may hold text and is not understood: nothing of this call goes ahead any more. */
  close(): void;
};

export type DeltaLane = {
  /** A model call begins. @throws when the SDK has not said all of the one before */
  begin(): LaneCall;
  /** The SDK has opened a part, and that was said. */
  open(kind: DeltaKind, id: string): void;
  /** The SDK says this. Returns what of it is still to be said; call `said` then. */
  receive(text: string): string;
  said(id: string, text: string): void;
  /** The SDK closes its part. @throws when it has left out what was said ahead */
  end(id: string): void;
};

/**
 * The SDK is behind the provider, so which part it has open says nothing about the part that the provider is at. After
 * each pause one delta goes the long way, as a probe: when the SDK says it, everything before it has been said, too.
 */
type Knowledge = 'unsure' | 'probing' | 'sure' | 'closed';

type State = {
  knowledge: Knowledge;
  part: { kind: DeltaKind; id: string } | null;
  /** characters that the SDK was given and has not said */
  behind: number;
  /** characters said ahead that the SDK has yet to say; they come before those that are behind */
  ahead: number;
};

const fresh = (): State => ({ knowledge: 'unsure', part: null, behind: 0, ahead: 0 });

export function createDeltaLane(take: AgentInput['takeDelta']): DeltaLane {
  let state = fresh();
  return {
    begin() {
      if (state.ahead > 0) throw leftOut(state);
      state = fresh();
      return createCall(state, take);
    },
    open(kind, id) {
      state.part = { kind, id };
    },
    receive(text) {
      const known = Math.min(state.ahead, text.length);
      state.ahead -= known;
      return text.slice(known);
    },
    said(id, text) {
      if (text === '') return;
      state.behind -= text.length;
      // It says more than it was given, as far as that was understood.
      if (state.behind < 0) state.knowledge = 'closed';
      if (state.behind === 0 && state.knowledge === 'probing' && state.part?.id === id) state.knowledge = 'sure';
    },
    end(id) {
      if (state.part?.id !== id) return;
      state.part = null;
      if (state.ahead > 0) throw leftOut(state);
    },
  };
}

function createCall(state: State, take: AgentInput['takeDelta']): LaneCall {
  const know = (knowledge: Knowledge) => {
    if (state.knowledge !== 'closed') state.knowledge = knowledge;
  };
  return {
    offer(kind, text) {
      const { knowledge, part } = state;
      if (knowledge === 'sure' && part?.kind === kind && take({ type: `${kind}-delta`, id: part.id, delta: text })) {
        state.ahead += text.length;
        return true;
      }
      know('probing');
      state.behind += text.length;
      return false;
    },
    pause: () => know('unsure'),
    close: () => know('closed'),
  };
}

function leftOut({ ahead }: State): Error {
  return new Error(`the SDK leaves out ${ahead} characters that the provider has said`);
}
