import type { Page } from '@playwright/test';
import { type Scene, type Width, widths } from './scene.ts';

const themes = ['light', 'dark'] as const;

/** Show a page in both themes at every width that the scene has. The visitor is told which one it is. */
export async function eachLook(page: Page, scene: Scene, visit: (look: string) => Promise<void>): Promise<void> {
  const shown = scene.width ? [scene.width] : (Object.keys(widths) as Width[]);
  for (const width of shown) {
    await page.setViewportSize(widths[width]);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Pictures that are drawn for a theme are drawn anew; letters come.
      await page.evaluate(() => document.fonts.ready);
      await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
      await visit(`${width}-${colorScheme}`);
    }
  }
}
