import { instant } from '#server/testing/model-answer';
import type { ModelProcess } from '#server/testing/model-process';
import type { Contender } from './contender.ts';
import { createStampReader } from './stamp-reader.ts';

/** Latencies by contender, in milliseconds. */
export type Measured = Map<Contender['name'], number[]>;

let questions = 0;
/** Its own number makes each question findable at the provider. */
const question = (directives: string) => `bench-${++questions}. [[stamp ${directives}]]`;

const wordsPerSecond = 50;
const pace = `delay=${1000 / wordsPerSecond}`;

/** Short answers, one at a time, the contenders taking turns. */
export async function measureFirstWords(contenders: readonly Contender[], rounds: number) {
  const provided: Measured = new Map();
  const sent: Measured = new Map();
  const accepted: Measured = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const latencies: number[] = [];
      let firstAt = 0;
      const read = createStampReader((latencyMs) => latencies.push(latencyMs));
      const answer = await contender.ask(question(`words=3 ${pace}`), (piece, at) => {
        firstAt ||= at;
        read(piece, at);
      });
      await answer.ended;
      add(provided, contender, [latencies[0]!]);
      add(sent, contender, [firstAt - answer.sentAt]);
      if (answer.acceptedMs !== null) add(accepted, contender, [answer.acceptedMs]);
    }
  }
  return { provided, sent, accepted };
}

export type Load = { answers: number; words: number; rounds: number };

/** Many answers at a time; the first second of each is left out, since it is spent on their common beginning. */
export async function measureWords(contenders: readonly Contender[], { answers, words, rounds }: Load): Promise<Measured> {
  const measured: Measured = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const all = await Promise.all(Array.from({ length: answers }, () => readWhole(contender, words)));
      for (const latencies of all) add(measured, contender, latencies.slice(wordsPerSecond));
    }
  }
  return measured;
}

async function readWhole(contender: Contender, words: number): Promise<number[]> {
  const latencies: number[] = [];
  const read = createStampReader((latencyMs) => latencies.push(latencyMs));
  const answer = await contender.ask(question(`words=${words} ${pace}`), read);
  await answer.ended;
  if (latencies.length !== words) throw new Error(`${contender.name}: ${latencies.length} of ${words} words arrived`);
  return latencies;
}

/** From the request to stop until the provider sees that nobody listens any more. */
export async function measureStops(contenders: readonly Contender[], provider: ModelProcess, rounds: number): Promise<Measured> {
  const measured: Measured = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const text = question(`words=1000 ${pace}`);
      const begun = Promise.withResolvers<void>();
      const answer = await contender.ask(text, () => begun.resolve());
      await begun.promise;
      const stoppedAt = instant();
      await answer.stop();
      const { abortedAt } = await provider.until(text.split(' ')[0]!, (request) => request.abortedAt !== null);
      await answer.ended;
      add(measured, contender, [abortedAt! - stoppedAt]);
    }
  }
  return measured;
}

function add(measured: Measured, { name }: Contender, values: number[]): void {
  measured.set(name, [...(measured.get(name) ?? []), ...values]);
}
