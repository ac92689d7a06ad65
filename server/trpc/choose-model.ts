import { TRPCError } from '@trpc/server';
import type { Models } from '#server/agent/models';

/**
 * The model a run is to use: the asked one when it is offered, else the default.
 *
 * @throws TRPCError BAD_REQUEST
 */
export async function chooseModel(models: Pick<Models, 'list'>, asked: string | undefined): Promise<string> {
  const offered = await models.list();
  const model = asked === undefined ? offered[0] : offered.find(({ id }) => id === asked);
  if (model) return model.id;
  const message = offered.length === 0 ? 'No model can be reached right now.' : 'This model is not offered here.';
  throw new TRPCError({ code: 'BAD_REQUEST', message });
}
