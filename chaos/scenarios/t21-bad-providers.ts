import type { ChatMessage } from '#domain/message-view';
import type { RunErrorCode } from '#domain/run-error';
import { runErrors } from '#domain/run-error';
import type { RunView } from '#domain/run-view';
import { instant } from '#server/testing/model-answer';
import { scriptedText } from '#server/testing/scripted-text';
import type { Guest } from '../guest.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import type { Turn } from '../turn.ts';

/** For the first chunk, and between two. */
const timeoutSeconds = 2;
/** What a run may put into its journal, and what the ends of it may add. */
const mostJournalBytes = 9_000_000;

type Fault = {
  directives: string;
  /** how the run ends: succeeded, or the reason of its failure */
  end: 'succeeded' | RunErrorCode;
  /** the text that stands at the end; not looked at unless given */
  text?: string;
  /** with `text`: it may break off earlier, since what is torn takes along what nobody has read yet */
  mayBeShorter?: boolean;
  /** the timeouts it must wait for */
  timeouts?: number;
};

const faults: Record<string, Fault> = {
  'hangs before the first byte': { directives: 'hang', end: 'PROVIDER_TIMEOUT', text: '', timeouts: 1 },
  'hangs in mid-stream': { directives: 'hang-after=10', end: 'PROVIDER_TIMEOUT', text: scriptedText(10), timeouts: 1 },
  'hangs in the second step': {
    directives: 'steps=2 words=5 tool=record step=2 hang-after=3',
    end: 'PROVIDER_TIMEOUT',
    text: scriptedText(5) + scriptedText(3, 2),
    timeouts: 1,
  },
  '429 for ever': { directives: 'status=429 retry-after-ms=20', end: 'PROVIDER_RATE_LIMITED', text: '' },
  '429 twice': { directives: 'words=5 status=429 retry-after-ms=20 times=2', end: 'succeeded', text: scriptedText(5) },
  '500 for ever': { directives: 'status=500 retry-after-ms=20', end: 'PROVIDER_UNAVAILABLE', text: '' },
  'torn off': { directives: 'cut-after=10 delay=5', end: 'PROVIDER_CUT', text: scriptedText(10), mayBeShorter: true },
  'ends without a finish': { directives: 'end-after=10', end: 'PROVIDER_CUT', text: scriptedText(10) },
  'malformed part': { directives: 'malformed-after=10', end: 'PROVIDER_CUT', text: scriptedText(10) },
  'error in the stream': { directives: 'error-after=10', end: 'PROVIDER_UNAVAILABLE', text: scriptedText(10) },
  '1-byte chunks': { directives: 'words=60 bytes', end: 'succeeded', text: scriptedText(60) },
};

/** They keep a worker busy, so that they come after those who wait for a timeout. */
const floods: Record<string, Fault> = {
  'one delta of 5 MB': { directives: 'words=1 huge=5000000', end: 'succeeded' },
  'one delta of 9 MB': { directives: 'words=1 huge=9000000', end: 'ANSWER_TOO_LONG' },
};

/** Everything that a provider can do wrong, at the same time. */
export const t21: Scenario = {
  id: 'T21',
  title: 'providers that hang, refuse, break off, babble',
  async run(stage) {
    const timeouts = {
      RUN_FIRST_CHUNK_TIMEOUT_SECONDS: String(timeoutSeconds),
      RUN_CHUNK_TIMEOUT_SECONDS: String(timeoutSeconds),
    };
    await stage.setUp({ webs: 1, workers: 2, worker: { env: timeouts } });
    const guest = await stage.signIn();
    const rounds = stage.pick(1, 20);
    const lateMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const group of [faults, floods]) {
        const measured = Object.entries(group).map(([name, fault]) => suffer(stage, guest, { name, fault }));
        lateMs.push(...(await Promise.all(measured)).flat());
      }
    }
    stage.expectP95('a timeout fires', lateMs, 1_000);
    const iterations = rounds * Object.keys({ ...faults, ...floods }).length;
    return {
      iterations,
      struck: { 'provider fault': iterations },
      measured: { 'timeout late by': lateMs },
    };
  },
};

type NamedFault = { name: string; fault: Fault };

/** @returns milliseconds that the run went on after the timeout it is waiting for, where there is one */
async function suffer(stage: Stage, guest: Guest, { name, fault }: NamedFault): Promise<number[]> {
  const turn = await stage.ask(guest, fault.directives);
  const run = await turn.ended();
  const endedAt = instant();
  expectEnd(stage, run, { name, fault });
  expectText(stage, await readText(stage, run), { name, fault });
  await expectSmallJournal(stage, turn, name);
  if (fault.timeouts === undefined) return [];
  const requests = await stage.model.requests(turn.question);
  const silentSince = requests.at(-1)!.firstPieceAt ?? requests.at(-1)!.beganAt;
  return [endedAt - silentSince - fault.timeouts * timeoutSeconds * 1_000];
}

/** The reason is in our own words: the provider's never leave the server. */
function expectEnd(stage: Stage, { status, error }: RunView, { name, fault }: NamedFault): void {
  const got = status === 'failed' ? error.code : status;
  if (got !== fault.end) return stage.fail(`${name}: ended with ${got}, not with ${fault.end}`);
  if (error && error.message !== runErrors[error.code]) stage.fail(`${name}: the reason reads "${error.message}"`);
}

function expectText(stage: Stage, stands: string, { name, fault: { text, mayBeShorter = false } }: NamedFault): void {
  if (text === undefined || stands === text || (mayBeShorter && text.startsWith(stands))) return;
  stage.fail(`${name}: the text that stands is "${stands}", not "${text}"`);
}

/** As stored: whoever looks after the end of a short answer hears no chunks of it. */
async function readText({ database }: Stage, { chatId, assistantMessageId }: RunView): Promise<string> {
  const { rows } = await database.pool.query<{ parts: ChatMessage['parts'] }>(
    'SELECT parts FROM message WHERE chat_id = $1 AND id = $2',
    [chatId, assistantMessageId],
  );
  return rows[0]!.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

async function expectSmallJournal(stage: Stage, { runId }: Turn, name: string): Promise<void> {
  const { rows } = await stage.database.pool.query<{ bytes: number }>(
    'SELECT coalesce(sum(octet_length(body)), 0)::int AS bytes FROM run_chunk WHERE run_id = $1',
    [runId],
  );
  const { bytes } = rows[0]!;
  if (bytes > mostJournalBytes) stage.fail(`${name}: the journal has ${bytes} bytes`);
}
