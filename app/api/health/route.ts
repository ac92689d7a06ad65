import { readHealth } from '#server/health';
import { getServices } from '#server/services';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const health = await readHealth(getServices());
  return Response.json(health, { status: health.database ? 200 : 503 });
}
