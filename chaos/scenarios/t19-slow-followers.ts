import { instant } from '#server/testing/model-answer';
import { summarise } from '#server/testing/quantiles';
import { type BlindFollower, followBlindly, type Pace } from '../blind-follower.ts';
import type { ChaosFollower } from '../chaos-follower.ts';
import type { Guest } from '../guest.ts';
import { watchMemory } from '../process-memory.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { stampsHeard } from '../stamps.ts';
import { createTurn, type Turn } from '../turn.ts';

const fastFollowers = 20;
const bigFollowers = 10;
const answerBytes = 4_000_000;
/** The model is told all of a chat again with each question: in both paces as much as this, or they do not compare. */
const answersInChat = 5;
/** What slow ones may cost a web process beyond quick ones, however much there is to tell them; garbage included. */
const mostGrowthMb = 400;

/** Clients that read one byte in a second, while far more than they take is written; then the same with quick ones. */
export const t19: Scenario = {
  id: 'T19',
  title: 'followers that read 1 byte/s beside 20 fast ones',
  async run(stage) {
    await stage.setUp({ webs: 1, workers: 2 });
    const guest = await stage.signIn();
    const fast = await askFast(stage, guest);
    const quick = await answerBig(stage, guest, { pace: 'quick', chats: stage.pick(1, 2) });
    const slow = await answerBig(stage, guest, { pace: 'slow', chats: stage.pick(1, 6) });
    await guest.stop(fast.turn.runId);
    await fast.turn.ended();

    const growth = slow.mostMb - quick.mostMb;
    if (growth > mostGrowthMb) stage.fail(`slow followers made the web process grow by ${growth.toFixed(0)} MB`);
    const { givenUp, chats } = slow;
    if (givenUp < (chats * bigFollowers) / 2) stage.fail(`only ${givenUp} slow followers were given up in ${chats} chats`);
    const heard = fast.followers.flatMap((follower) => stampsHeard(follower, fast.turn.runId));
    const latenciesDuring = ({ from, to }: Phase) => heard.filter(({ at }) => at >= from && at <= to).map(({ ms }) => ms);
    const [besideQuick, besideSlow] = [latenciesDuring(quick), latenciesDuring(slow)];
    stage.expectP95('words beside slow followers', besideSlow, 100 + summarise(besideQuick).p95);
    return {
      iterations: chats * answersInChat,
      struck: { 'slow follower': chats * bigFollowers },
      measured: {
        'beside quick ones': besideQuick,
        'beside slow ones': besideSlow,
        'memory quick (MB)': [quick.mostMb],
        'memory slow (MB)': [slow.mostMb],
      },
    };
  },
};

type Phase = {
  /** ms since 1970 */
  from: number;
  to: number;
  chats: number;
  /** that the web process held */
  mostMb: number;
  /** WebSockets for which more had piled up than the web process remembers */
  givenUp: number;
};

type BigChats = { pace: Pace; chats: number };

/** Big answers in chats of their own, one after the other, each with its blind followers. */
async function answerBig(stage: Stage, guest: Guest, { pace, chats }: BigChats): Promise<Phase> {
  const from = instant();
  const memory = watchMemory(stage.webs[0]!.pid);
  let givenUp = 0;
  for (let done = 0; done < chats; done++) givenUp += await fillChat(stage, guest, pace);
  memory.close();
  return { from, to: instant(), chats, mostMb: memory.most, givenUp };
}

/** @returns how many of its followers were given up */
async function fillChat(stage: Stage, guest: Guest, pace: Pace): Promise<number> {
  const kinds = ['socket', 'events'] as const;
  const chatId = await guest.createChat();
  const follower = guest.follow(chatId);
  const blind = Array.from({ length: bigFollowers }, (_, i) => {
    return followBlindly(guest.api, chatId, { by: kinds[i % 2]!, pace });
  });
  for (let done = 0; done < answersInChat; done++) {
    const question = stage.question(`words=1 huge=${answerBytes}`);
    const startedAt = instant();
    const { id: runId } = await guest.start(chatId, question);
    const run = await createTurn({ guest, chatId, runId, question, follower, startedAt }).ended();
    if (run.status !== 'succeeded') stage.fail(`${runId} ended as ${run.status}`);
  }
  const givenUp = pace === 'slow' ? await countGivenUp(blind) : 0;
  for (const each of blind) each.close();
  follower.close();
  return givenUp;
}

async function countGivenUp(followers: readonly BlindFollower[]): Promise<number> {
  const answers = await Promise.all(followers.map((follower) => follower.isGivenUp()));
  return answers.filter(Boolean).length;
}

/** A long answer whose words are the instants of their sending. */
async function askFast(stage: Stage, guest: Guest): Promise<{ turn: Turn; followers: ChaosFollower[] }> {
  const turn = await stage.ask(guest, 'words=100000 delay=20 stamp');
  const kinds = ['socket', 'events'] as const;
  const more = Array.from({ length: fastFollowers - 1 }, (_, i) => guest.follow(turn.chatId, { by: kinds[i % 2]! }));
  const followers = [turn.follower, ...more];
  await Promise.all(followers.map((follower) => createTurn({ ...turn, follower }).wordsOf(1)));
  return { turn, followers };
}
