import { type Figure, spreadOf } from '../figure.ts';
import { pick, type Scene } from '../scene.ts';

/** One answer, watched by many. */
export async function measureFanOut(scene: Scene): Promise<Figure[]> {
  const { api, crowd, provider } = scene;
  const followers = pick(scene, 100, 500);
  const { id: chatId } = await api.call.chat.create.mutate({});
  await api.call.run.start.mutate({ chatId, message: { text: 'fan-out [[every=20]]' } });
  await crowd.watch({ origin: api.origin, cookie: api.cookie, chatId, count: followers });
  const heard = await crowd.listen(pick(scene, 2_000, 5_000));
  await provider.endAll();
  await crowd.disperse();
  return [
    {
      title: `one answer × 50 words/s, ${followers} followers: word p99`,
      unit: 'ms',
      ours: spreadOf([heard.p99]),
      floor: null,
      aims: [{ kind: 'atMost', value: 100 }],
    },
  ];
}
