import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '#server/testing/model-answer';
import { summarise } from '#server/testing/quantiles';
import { expectSingleAttempts, expectSuccess } from '../attempts.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

const leaseSeconds = 5;
const roundTripsMs = [50, 200, 1_000] as const;
/** A word waits for the flush under way, if there is one, then for its own, then for the notification behind it. */
const roundTripsOfAWord = 3;
const flushMs = 20;

type Latencies = Record<string, number[]>;

/** The way to the database is long. */
export const t8: Scenario = {
  id: 'T8',
  title: '50, 200 and 1000 ms more to the database',
  async run(stage) {
    const far = { throughProxy: true, env: { RUN_LEASE_SECONDS: String(leaseSeconds) } };
    await stage.setUp({ workers: 2, worker: far, web: { throughProxy: true } });
    await stage.database.untilSweepsAct();
    const rounds = stage.pick(1, 10);
    const measured: Latencies = {};
    for (let round = 0; round < rounds; round++) {
      for (const [name, latencies] of Object.entries(await playRound(stage))) (measured[name] ??= []).push(...latencies);
    }
    const usual = summarise(measured['+0']!).p50;
    for (const roundTripMs of roundTripsMs) {
      const growth = summarise(measured[`+${roundTripMs}`]!).p50 - usual;
      stage.expectAtMost(`growth of a word's latency by +${roundTripMs} ms`, growth, roundTripsOfAWord * roundTripMs + flushMs);
    }
    return { iterations: rounds, struck: { 'slow link': rounds * roundTripsMs.length }, measured };
  },
};

/** One answer under which the way becomes longer and longer, and one whose every write goes the long way. */
async function playRound(stage: Stage): Promise<Latencies> {
  const guest = await stage.signIn();
  const gate = `t8-${stage.turns.length}`;
  const turn = await stage.ask(guest, 'words=3000 delay=10 stamp');
  const inSteps = await stage.ask(guest, `steps=2 words=10 tool=record gate=${gate}`);
  await turn.wordsOf(1);
  const latencies: Latencies = { '+0': await measure(turn, 500) };
  for (const roundTripMs of roundTripsMs) {
    stage.proxy.delay(roundTripMs);
    // With the longest way its writes alone take a quarter of a minute.
    if (roundTripMs === stage.pick(50, 1_000)) await stage.model.release(gate, 1_000);
    // What was sent before arrives by the old way.
    await pause(roundTripMs);
    latencies[`+${roundTripMs}`] = await measure(turn, 500 + roundTripMs);
  }
  await expectSuccess(stage, [inSteps]);
  stage.proxy.delay(0);
  await guest.stop(turn.runId);
  await turn.ended();
  await expectSingleAttempts(stage, [turn, inSteps]);
  return latencies;
}

/** The latencies, from model to follower, of the words that the model sends in the next `ms`: their texts say when. */
async function measure({ follower }: Turn, ms: number): Promise<number[]> {
  const from = instant();
  const until = from + ms;
  const sentAt = (delta: string) => delta.trim().split(' ').map(Number);
  const heard = ({ event, at }: (typeof follower.events)[number]) =>
    (event.type === 'chunks' ? event.chunks : []).flatMap((chunk) =>
      chunk.type === 'text-delta' ? sentAt(chunk.delta).map((sent) => ({ sent, at })) : [],
    );
  await follower.until((_, each) => heard(each).some(({ sent }) => sent > until), 'the words of that time');
  const words = follower.events.flatMap(heard).filter(({ sent }) => sent >= from && sent <= until);
  return words.map(({ sent, at }) => at - sent);
}
