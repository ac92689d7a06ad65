/** The crowd's process: readers by the hundred, and how old the words are that reach them. */
import { signIn } from '#server/testing/api-client';
import type { CrowdOrder, CrowdReport, Gathering, Watching } from './crowd.ts';
import { askFloor } from './floor-reader.ts';
import { createHoldfast, followAnswer } from './holdfast-reader.ts';
import type { Answer, Ask } from './reader.ts';
import { createStampReader } from './stamp.ts';

/** So many ask at the same moment. */
const doors = 16;

let readers: Answer[] = [];
let ages: number[] | null = null;
const askers = new Map<string, Ask>([['floor', askFloor]]);

process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    (report) => process.send!({ report } satisfies CrowdAnswer),
    (error: unknown) => process.send!({ error: String(error) } satisfies CrowdAnswer),
  );
});
process.once('disconnect', () => process.exit());

export type CrowdAnswer = { report: CrowdReport } | { error: string };

async function obey(order: CrowdOrder): Promise<CrowdReport> {
  switch (order.kind) {
    case 'gather':
      return gather(order);
    case 'watch':
      return watch(order);
    case 'listen':
      return listen(order.ms);
    case 'disperse':
      await Promise.all(readers.map(({ ended }) => ended));
      readers = [];
      return {};
  }
}

async function gather({ contender, origins, count, directives }: Gathering): Promise<CrowdReport> {
  const ask = await askerOf(contender, origins[0]!);
  let next = readers.length;
  const last = next + count;
  const enter = async () => {
    for (let i = next++; i < last; i = next++) {
      const read = createStampReader((ageMs) => ages?.push(ageMs));
      const reader = await ask({ origin: origins[i % origins.length]!, text: `crowd ${i} [[${directives}]]`, hear: read });
      readers.push(reader);
      await reader.begun;
    }
  };
  await Promise.all(Array.from({ length: doors }, enter));
  return {};
}

async function watch({ count, ...place }: Watching): Promise<CrowdReport> {
  for (let i = 0; i < count; i++) {
    const reader = followAnswer(place, createStampReader((ageMs) => ages?.push(ageMs)));
    readers.push(reader);
    await reader.begun;
  }
  return {};
}

/** One guest owns all chats of an origin's installation. */
async function askerOf(contender: Gathering['contender'], origin: string): Promise<Ask> {
  const known = askers.get(contender);
  if (known) return known;
  const ask = createHoldfast(await signIn(origin));
  askers.set(contender, ask);
  return ask;
}

async function listen(ms: number): Promise<CrowdReport> {
  const bytesBefore = sumBytes();
  ages = [];
  await new Promise((resolve) => setTimeout(resolve, ms));
  const heard = ages.toSorted((a, b) => a - b);
  ages = null;
  const rank = (share: number) => heard[Math.max(0, Math.ceil(share * heard.length) - 1)] ?? Infinity;
  return { words: heard.length, bytes: sumBytes() - bytesBefore, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) };
}

const sumBytes = () => readers.reduce((sum, reader) => sum + reader.bytes(), 0);
