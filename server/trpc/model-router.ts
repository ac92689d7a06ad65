import { router, signedInProcedure } from './init.ts';

export const modelRouter = router({
  list: signedInProcedure.query(async ({ ctx }) => ({ items: await ctx.services.models.list() })),
});
