/** What `npm run bench` compares with: the bare provider, streamed, nothing stored. Absent unless BENCH_FLOOR is on. */
import { createUIMessageStreamResponse, streamText, toUIMessageStream } from 'ai';
import { getServices } from '#server/services';

export async function POST(request: Request): Promise<Response> {
  const { env, models } = getServices();
  if (env.BENCH_FLOOR !== 'on') return new Response(null, { status: 404 });
  const { model, question } = (await request.json()) as { model: string; question: string };
  const { stream } = streamText({ model: models.resolve(model), prompt: question, abortSignal: request.signal });
  return createUIMessageStreamResponse({ stream: toUIMessageStream({ stream }) });
}
