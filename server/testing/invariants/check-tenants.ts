/** I9: nobody hears of a chat that is not theirs, and no row belongs to another tenant than its chat. */
import type { RunEvent } from '#domain/run-event';
import type { ChatRecord, RunRecord } from './chat-records.ts';
import type { ClientStream } from './evidence.ts';
import type { Finding } from './violation.ts';

const broken = (what: string): Finding => ({ invariant: 'I9', what });

export function checkTenant(chat: ChatRecord, run: RunRecord): Finding[] {
  const strange = run.chunks.filter(({ workspaceId }) => workspaceId !== chat.workspaceId).length;
  return [
    ...(run.workspaceId === chat.workspaceId ? [] : [broken("the run belongs to another workspace than its chat")]),
    ...(strange === 0 ? [] : [broken(`${strange} rows of its journal belong to another workspace`)]),
  ];
}

/** @param chat the chat that was followed */
export function checkAudience(chat: ChatRecord, { userId, events }: ClientStream): Finding[] {
  if (userId === undefined || events.length === 0 || chat.memberIds.includes(userId)) return [];
  return [broken(`the user ${userId} heard ${events.length} events of a chat without being a member of it`)];
}

/** Everything in a stream is of the chat that was followed. */
export function checkTopic(chat: ChatRecord, { events }: ClientStream): Finding[] {
  const runIds = new Set(chat.runs.map(({ id }) => id));
  const messageIds = new Set(chat.messages.map(({ id }) => id));
  const strange = new Set(events.flatMap((event) => strangerIn(event, chat.id, { runIds, messageIds })));
  return [...strange].map((what) => broken(`a client heard of ${what}, which is not of this chat`));
}

type Known = { runIds: Set<string>; messageIds: Set<string> };

function strangerIn(event: RunEvent, chatId: string, { runIds, messageIds }: Known): string[] {
  switch (event.type) {
    case 'run':
      return event.run && (event.run.chatId !== chatId || !runIds.has(event.run.id)) ? [`the run ${event.run.id}`] : [];
    case 'chunks':
      return [
        ...(runIds.has(event.runId) ? [] : [`the run ${event.runId}`]),
        ...(messageIds.has(event.messageId) ? [] : [`the message ${event.messageId}`]),
      ];
    case 'message':
      return messageIds.has(event.message.id) ? [] : [`the message ${event.message.id}`];
    case 'branch':
      return messageIds.has(event.leafId) ? [] : [`the message ${event.leafId}`];
    case 'removed':
      return messageIds.has(event.messageId) ? [] : [`the message ${event.messageId}`];
  }
}
