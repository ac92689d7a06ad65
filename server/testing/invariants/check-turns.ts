/** I1 and I2 of a chat: its slot, and that each message has its run and each run its end. */
import { isActive, isTerminal } from '#domain/run-status';
import type { ChatRecord, MessageRecord, RunRecord } from './chat-records.ts';
import type { Finding } from './violation.ts';

const broken = (what: string): Finding => ({ invariant: 'I2', what });

/** I1 */
export function checkSlot(chat: ChatRecord): Finding[] {
  const active = chat.runs.filter(({ status }) => isActive(status));
  if (active.length <= 1) return [];
  return [{ invariant: 'I1', what: `${active.length} runs are active: ${active.map(({ id }) => id).join(', ')}` }];
}

/** I2, for the messages of a chat */
export function checkMessages(chat: ChatRecord): Finding[] {
  return chat.messages.flatMap((message) => (message.role === 'user' ? checkQuestion(chat, message) : checkAnswer(chat, message)));
}

function checkQuestion({ runs }: ChatRecord, question: MessageRecord): Finding[] {
  const starts = runs.filter((run) => run.userMessageId === question.id && run.trigger === 'user').length;
  const expected = question.status === 'queued' ? 0 : 1;
  if (starts === expected) return [];
  return [broken(`the message ${question.id} (${question.status}) was started ${starts} times instead of ${expected}`)];
}

function checkAnswer({ runs }: ChatRecord, answer: MessageRecord): Finding[] {
  const writers = runs.filter((run) => run.assistantMessageId === answer.id);
  const last = writers.at(-1);
  if (!last) return [broken(`no run writes the answer ${answer.id}`)];
  const again = writers.slice(1).filter(({ trigger }) => trigger === 'user' || trigger === 'regenerate');
  const expected = statusOfAnswer(last);
  return [
    ...again.map(({ id, trigger }) => broken(`the run ${id} (${trigger}) writes the answer ${answer.id} of an earlier one`)),
    ...(answer.status === expected
      ? []
      : [broken(`the answer ${answer.id} is ${answer.status} although its run ${last.id} is ${last.status}`)]),
  ];
}

function statusOfAnswer({ status }: RunRecord): MessageRecord['status'] {
  if (isActive(status)) return 'streaming';
  return status === 'succeeded' ? 'completed' : (status as 'failed' | 'aborted');
}

/** I2, for a run. @param settled the caller has waited for the end of everything */
export function checkEnd(chat: ChatRecord, run: RunRecord, settled: boolean): Finding[] {
  const terminal = isTerminal(run.status);
  const question = chat.messages.find(({ id }) => id === run.userMessageId);
  const answer = chat.messages.find(({ id }) => id === run.assistantMessageId);
  const open = run.attempts.filter(({ endedAt }) => endedAt === null).map(({ epoch }) => epoch);
  return [
    settled && !terminal && `it is ${run.status} although everything should have ended`,
    terminal !== (run.finishedAt !== null) && `it is ${run.status} and ${run.finishedAt ? 'has an end' : 'has no end'}`,
    (run.status === 'failed') !== (run.errorCode !== null) && `it is ${run.status} with the reason ${run.errorCode}`,
    question?.role !== 'user' && `its question ${run.userMessageId} is ${question?.role ?? 'not there'}`,
    answer?.role !== 'assistant' && `its answer ${run.assistantMessageId} is ${answer?.role ?? 'not there'}`,
    answer?.role === 'assistant' && answer.parentId !== run.userMessageId && 'its answer does not follow its question',
    terminal && open.length > 0 && `it has ended, and the attempts ${open.join(', ')} have not`,
  ].flatMap((what) => (what ? [broken(what)] : []));
}
