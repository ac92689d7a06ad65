/** One recorded stream against its chat: I6 and I9, and the single end of I2. */
import { isTerminal } from '#domain/run-status';
import type { AnswerFolds } from './answer-folds.ts';
import { isSameJson } from './canonical-json.ts';
import { checkHeard } from './check-heard.ts';
import { checkRanges } from './check-ranges.ts';
import { checkAudience, checkTopic } from './check-tenants.ts';
import type { ChatRecord } from './chat-records.ts';
import type { ClientStream } from './evidence.ts';
import { heardRunsOf } from './heard-run.ts';
import type { Finding, Violation } from './violation.ts';

/** What a stream alone can show; all there is to check once its chat is gone. */
export function checkStreamAlone(stream: ClientStream): Violation[] {
  const resumed = stream.resumed ?? false;
  return heardRunsOf(stream).flatMap((heard) => at(stream.chatId, heard.runId, checkRanges(heard, { resumed })));
}

export async function checkStream(stream: ClientStream, chat: ChatRecord, folds: AnswerFolds): Promise<Violation[]> {
  const violations = [
    ...checkStreamAlone(stream),
    ...at(chat.id, null, [...checkAudience(chat, stream), ...checkTopic(chat, stream)]),
    ...at(chat.id, null, checkAnswersTold(stream, chat, folds)),
  ];
  for (const heard of heardRunsOf(stream)) {
    const run = chat.runs.find(({ id }) => id === heard.runId);
    if (!run) continue;
    violations.push(...at(chat.id, run.id, await checkHeard(heard, { run, folds }, { toTheEnd: stream.toTheEnd ?? false })));
  }
  return violations;
}

/** An answer that was told as settled is the stored one, unless a later run has gone on writing it. */
function checkAnswersTold({ events }: ClientStream, chat: ChatRecord, folds: AnswerFolds): Finding[] {
  return events.flatMap((event): Finding[] => {
    if (event.type !== 'message' || event.message.role !== 'assistant') return [];
    const { message } = event;
    if (message.metadata?.status === 'streaming') return [];
    const [run, ...others] = chat.runs.filter(({ assistantMessageId }) => assistantMessageId === message.id);
    const stored = run && others.length === 0 && isTerminal(run.status) ? folds.stored(run) : null;
    if (!stored || isSameJson(stored, message.parts)) return [];
    return [{ invariant: 'I6', what: `the answer ${message.id} was told as settled and is stored otherwise` }];
  });
}

function at(chatId: string, runId: string | null, findings: readonly Finding[]): Violation[] {
  return findings.map((finding) => ({ ...finding, chatId, runId }));
}
