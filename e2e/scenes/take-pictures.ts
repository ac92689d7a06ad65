import { eachLook } from './looks.ts';
import { Stage } from './scene.ts';
import { scenes } from './scenes.ts';
import { test } from '../fixtures.ts';

for (const scene of scenes) {
  test(scene.name, async ({ stack, trouble, browser }) => {
    const stage = new Stage({ stack, trouble, browser });
    const page = await scene.open(stage);
    await eachLook(page, scene, async (look) => {
      await page.screenshot({ path: `test-results/screenshots/${scene.name}-${look}.png`, animations: 'disabled' });
    });
    await stage.close();
  });
}
