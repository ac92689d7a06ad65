/** What a performance of the kit stands on: database, the breakable way to it, scripted model, recording tools. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { FaultProxy } from '#server/testing/fault-proxy';
import { startModelProcess } from '#server/testing/model-process';
import { Cast, type Surroundings } from './cast.ts';
import { ChaosDatabase } from './chaos-database.ts';
import { ToolServer } from './tool-server.ts';

export type Installation = Surroundings & { cast: Cast; remove(): Promise<void> };

/**
 * Start one; nothing of it outlives this process.
 *
 * @param directory for the database; made anew and removed at the end
 */
export async function install(directory: string): Promise<Installation> {
  const database = await ChaosDatabase.create(directory);
  const model = await startModelProcess();
  const [proxy, tools] = await Promise.all([FaultProxy.start(database.url), ToolServer.start()]);
  const authSecret = randomBytes(32).toString('hex');
  const surroundings = { database, proxy, model, tools, authSecret, compileCache: join(directory, 'compiled') };
  const cast = new Cast(surroundings);
  const killAll = () => {
    cast.killAll();
    model.kill();
    database.kill();
  };
  process.once('exit', killAll);
  return {
    ...surroundings,
    cast,
    async remove() {
      await cast.endAll();
      await proxy.close();
      tools.close();
      model.kill();
      await database.close();
      process.off('exit', killAll);
    },
  };
}
