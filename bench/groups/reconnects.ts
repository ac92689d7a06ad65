import { instant } from '#server/testing/model-answer';
import { openChatSocket } from '../chat-socket.ts';
import { type Figure, spreadOf } from '../figure.ts';
import { createHoldfast } from '../holdfast-reader.ts';
import { pick, type Scene } from '../scene.ts';

const budgetsMs = new Map([
  [2_000, 20],
  [20_000, 60],
]);

/** A page is opened while an answer is in progress: until it has all that was written so far. */
export async function measureReconnects(scene: Scene): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const words of pick(scene, [2_000], [2_000, 20_000])) {
    const chatId = await writeWords(scene, words);
    const rounds: Backlog[] = [];
    for (let round = 0; round < pick(scene, 10, 20); round++) rounds.push(await readBacklog(scene, chatId, words));
    await scene.provider.endAll();
    const times = rounds.slice(2).map(({ ms }) => ms);
    const [first] = rounds;
    figures.push(
      {
        title: `reconnect, ${words} words written, p50`,
        unit: 'ms',
        ours: spreadOf(times),
        floor: null,
        aims: [{ kind: 'atMost', value: budgetsMs.get(words)! }],
      },
      {
        title: `reconnect, ${words} words: bytes beside the text's`,
        unit: '×',
        ours: spreadOf([first!.bytes / first!.textBytes]),
        floor: null,
        aims: [{ kind: 'atMost', value: 1.3 }],
      },
    );
  }
  return figures;
}

/** @returns the chat, whose answer has said so many words, one after the other, and hangs */
async function writeWords(scene: Scene, words: number): Promise<string> {
  const written = Promise.withResolvers<void>();
  let heard = 0;
  const { origin } = scene.installation.webs[0]!;
  const hear = (piece: string) => {
    heard += piece.split(' ').length - 1;
    if (heard >= words) written.resolve();
  };
  const reader = await createHoldfast(scene.api)({ origin, text: `backlog [[words=${words} every=1 hold]]`, hear });
  reader.ended.catch(written.reject);
  await written.promise;
  return reader.chatId!;
}

type Backlog = { ms: number; bytes: number; textBytes: number };

async function readBacklog({ api }: Scene, chatId: string, words: number): Promise<Backlog> {
  const complete = Promise.withResolvers<number>();
  let [heard, textBytes] = [0, 0];
  const startedAt = instant();
  const socket = openChatSocket(api, chatId, {
    onError: complete.reject,
    hear(event, arrivedAt) {
      for (const chunk of event.type === 'chunks' ? event.chunks : []) {
        if (chunk.type !== 'text-delta') continue;
        textBytes += Buffer.byteLength(chunk.delta);
        heard += chunk.delta.split(' ').length - 1;
      }
      if (heard >= words) complete.resolve(arrivedAt);
    },
  });
  const arrivedAt = await complete.promise;
  socket.close();
  return { ms: arrivedAt - startedAt, bytes: socket.bytes(), textBytes };
}
