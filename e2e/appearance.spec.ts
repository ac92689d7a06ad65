import AxeBuilder from '@axe-core/playwright';
import { expectContractNames } from './contract-names.ts';
import { eachLook } from './scenes/looks.ts';
import { Stage } from './scenes/scene.ts';
import { scenes } from './scenes/scenes.ts';
import { expect, test } from './fixtures.ts';

// Each scene is looked at four times, and every look reads the whole page.
test.slow();

const narrowest = { width: 360, height: 640 };

for (const scene of scenes) {
  test(`${scene.name} can be used by everybody`, async ({ stack, trouble, browser }) => {
    const stage = new Stage({ stack, trouble, browser });
    const page = await scene.open(stage);
    await eachLook(page, scene, async (look) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect(told, look).toEqual([]);
      // A theme changes no name.
      if (look.endsWith('light')) await expectContractNames(page, look);
    });
    if (scene.width !== 'wide') {
      await page.setViewportSize(narrowest);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrowest.width);
    }
    await stage.close();
  });
}
