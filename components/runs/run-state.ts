import type { ChatMessage } from '#domain/message-view';
import { isTerminal } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import type { FollowedChat } from './follow-source.ts';
import { placeMessage } from './message-branch.ts';

/** What a page knows of a chat. */
export type RunState = {
  /** the shown branch, oldest first */
  messages: ChatMessage[];
  /** what waits to be sent, in its order */
  queued: ChatMessage[];
  /** the latest */
  run: RunView | null;
};

export type RunStateChange =
  | { type: 'run'; run: RunView | null }
  | { type: 'message'; message: ChatMessage }
  | { type: 'removed'; messageId: string }
  /** the answer's parts as folded so far */
  | { type: 'folded'; messageId: string; parts: ChatMessage['parts'] }
  /** the server took a message that waits; it is shown before the stream tells of it */
  | { type: 'queued'; message: ChatMessage }
  /** the server accepted a turn; its messages are shown before the stream tells of them */
  | { type: 'started'; run: RunView; messages: ChatMessage[] }
  /** the owner of this epoch, who had been given up, goes on writing */
  | { type: 'alive'; runId: string; epoch: number }
  | { type: 'reloaded'; view: FollowedChat };

/** The state of a chat as the server read it. */
export function toRunState(view: FollowedChat | null): RunState {
  const [queued, messages] = [view?.messages.filter(isQueued) ?? [], view?.messages.filter((each) => !isQueued(each)) ?? []];
  return { messages, queued, run: view?.run ?? null };
}

/** The next state. Pure; states that come late or twice change nothing. */
export function reduceRunState(state: RunState, change: RunStateChange): RunState {
  switch (change.type) {
    case 'run':
      return { ...state, run: newerRun(state.run, change.run) };
    case 'message':
      return tellMessage(state, change.message);
    case 'queued':
      return isKnown(state, change.message) ? state : tellMessage(state, change.message);
    case 'removed':
      return { ...state, queued: without(state.queued, change.messageId) };
    case 'folded':
      return { ...state, messages: withParts(state.messages, change.messageId, change.parts) };
    case 'started': {
      const run = newerRun(state.run, change.run);
      const isNews = run === change.run && run.id !== state.run?.id;
      const place = isNews ? placeBegun : placeMissing;
      const queued = change.messages.reduce((rest, { id }) => without(rest, id), state.queued);
      return { run, queued, messages: change.messages.reduce(place, state.messages) };
    }
    case 'alive': {
      const isHis = state.run?.id === change.runId && state.run.epoch === change.epoch;
      return isHis ? { ...state, run: { ...state.run!, interruptedAt: null } } : state;
    }
    case 'reloaded':
      return { ...toRunState(change.view), run: newerRun(state.run, change.view.run) };
  }
}

/** A message is in the queue or in the branch, never in both. */
function tellMessage(state: RunState, message: ChatMessage): RunState {
  const rest = without(state.queued, message.id);
  if (isQueued(message)) return { ...state, queued: [...rest, message].toSorted(byPosition) };
  return { ...state, queued: rest, messages: placeMessage(state.messages, keepProgress(state, message)) };
}

const isQueued = ({ metadata }: ChatMessage) => metadata?.status === 'queued';
const byPosition = (a: ChatMessage, b: ChatMessage) => positionOf(a) - positionOf(b);
const positionOf = ({ metadata }: ChatMessage) => metadata?.queue?.position ?? Infinity;
const without = (messages: ChatMessage[], id: string) => messages.filter((message) => message.id !== id);

function isKnown({ messages, queued }: RunState, { id }: ChatMessage): boolean {
  return messages.some((message) => message.id === id) || queued.some((message) => message.id === id);
}

/** The answer to a request and the stream tell of the same run in either order; the later state wins. */
function newerRun(known: RunView | null, told: RunView | null): RunView | null {
  if (!known || !told) return told ?? known;
  if (known.id !== told.id) return told.createdAt >= known.createdAt ? told : known;
  if (isTerminal(known.status) !== isTerminal(told.status)) return isTerminal(known.status) ? known : told;
  if (told.updatedAt !== known.updatedAt) return told.updatedAt > known.updatedAt ? told : known;
  return told.readAt >= known.readAt ? told : known;
}

/** While an answer is written its chunks tell what it says, not the message events. One taken up again begins anew. */
function keepProgress({ messages }: RunState, message: ChatMessage): ChatMessage {
  const known = messages.find(({ id }) => id === message.id);
  if (!known || !isWriting(known) || !isWriting(message)) return message;
  return known.parts.length > 0 ? { ...message, parts: known.parts } : message;
}

function withParts(messages: ChatMessage[], id: string, parts: ChatMessage['parts']): ChatMessage[] {
  const index = messages.findIndex((message) => message.id === id);
  const message = messages[index];
  return message && isWriting(message) ? messages.with(index, { ...message, parts }) : messages;
}

function placeMissing(messages: ChatMessage[], message: ChatMessage): ChatMessage[] {
  return messages.some(({ id }) => id === message.id) ? messages : placeMessage(messages, message);
}

/** An answer that had ended is written on: what does not stand of it leaves. */
function placeBegun(messages: ChatMessage[], message: ChatMessage): ChatMessage[] {
  const index = messages.findIndex(({ id }) => id === message.id);
  const known = messages[index];
  if (!known?.metadata) return placeMessage(messages, message);
  if (!isWriting(message) || isWriting(known)) return messages;
  const metadata = { ...known.metadata, status: 'streaming' as const };
  return messages.with(index, { ...known, parts: message.parts, metadata });
}

const isWriting = (message: ChatMessage) => message.metadata?.status === 'streaming';
