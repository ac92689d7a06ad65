import { useMemo } from 'react';
import { useSpeech } from '#components/words/words-context';
import type { ChatMessage } from '#domain/message-view';
import type { RunView } from '#domain/run-view';
import { writeReceipt } from './stop-receipt.ts';

/** What a stop has kept, what it had cost until then, and what it could not take back. */
export function StopReceiptLine({ run, answer }: { run: RunView; answer: ChatMessage | undefined }) {
  const { say, language } = useSpeech();
  const { words, usage, tools } = useMemo(() => writeReceipt(run, answer, language), [run, answer, language]);
  const sentences = [
    words === 0 ? say('receipt.nothing') : say('receipt.words', { count: words }),
    usage && say(usage.estimated ? 'receipt.tokensEstimated' : 'receipt.tokens', { count: usage.totalTokens }),
    tools.length > 0 && say('receipt.tools', { tools: new Intl.ListFormat(language).format(tools) }),
  ];
  return <p className="text-muted-foreground">{sentences.filter(Boolean).join(' · ')}</p>;
}
