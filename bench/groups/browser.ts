import { startModelProcess } from '#server/testing/model-process';
import { measureBrowser } from '../browser/measure-browser.ts';
import type { Figure } from '../figure.ts';
import { startInstallation } from '../installation.ts';
import type { Scene } from '../scene.ts';

/** The page in a real browser; an installation of its own, whose provider writes Markdown. */
export async function measurePage({ quick, directory }: Scene): Promise<Figure[]> {
  const provider = await startModelProcess();
  const installation = await startInstallation({ directory: `${directory}-browser`, providerUrl: provider.url });
  try {
    const { origin } = installation.webs[0]!;
    return await measureBrowser({ origin, databaseUrl: installation.databaseUrl, provider }, { quick });
  } finally {
    await installation.stop();
    provider.kill();
  }
}
