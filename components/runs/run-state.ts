import type { ChatMessage } from '#domain/message-view';
import { isTerminal } from '#domain/run-status';
import type { RunView } from '#domain/run-view';
import type { FollowedChat } from './follow-source.ts';
import { placeMessage } from './message-branch.ts';

/** What a page knows of a chat: the shown branch, oldest first, and the latest run. */
export type RunState = { messages: ChatMessage[]; run: RunView | null };

export type RunStateChange =
  | { type: 'run'; run: RunView | null }
  | { type: 'message'; message: ChatMessage }
  /** the answer's parts as folded so far */
  | { type: 'folded'; messageId: string; parts: ChatMessage['parts'] }
  /** the server accepted a turn; its messages are shown before the stream tells of them */
  | { type: 'started'; run: RunView; messages: ChatMessage[] }
  /** the owner of this epoch, who had been given up, goes on writing */
  | { type: 'alive'; runId: string; epoch: number }
  | { type: 'reloaded'; view: FollowedChat };

/** The next state. Pure; states that come late or twice change nothing. */
export function reduceRunState(state: RunState, change: RunStateChange): RunState {
  switch (change.type) {
    case 'run':
      return { ...state, run: newerRun(state.run, change.run) };
    case 'message':
      return { ...state, messages: placeMessage(state.messages, keepProgress(state, change.message)) };
    case 'folded':
      return { ...state, messages: withParts(state.messages, change.messageId, change.parts) };
    case 'started': {
      const run = newerRun(state.run, change.run);
      const isNews = run === change.run && run.id !== state.run?.id;
      const place = isNews ? placeBegun : placeMissing;
      return { run, messages: change.messages.reduce(place, state.messages) };
    }
    case 'alive': {
      const isHis = state.run?.id === change.runId && state.run.epoch === change.epoch;
      return isHis ? { ...state, run: { ...state.run!, interruptedAt: null } } : state;
    }
    case 'reloaded':
      return { messages: change.view.messages, run: newerRun(state.run, change.view.run) };
  }
}

/** The answer to a request and the stream tell of the same run in either order; the later state wins. */
function newerRun(known: RunView | null, told: RunView | null): RunView | null {
  if (!known || !told) return told ?? known;
  if (known.id !== told.id) return told.createdAt >= known.createdAt ? told : known;
  if (isTerminal(known.status) !== isTerminal(told.status)) return isTerminal(known.status) ? known : told;
  return told.updatedAt >= known.updatedAt ? told : known;
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
