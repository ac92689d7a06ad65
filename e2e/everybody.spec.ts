import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { Stage } from './scenes/scene.ts';

type Painted = { themes?: string[] };

/** From the next load on, the page notes what it looks like before each frame. */
async function recordThemes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const themes: string[] = [];
    (window as Painted).themes = themes;
    const look = () => {
      if (document.body) themes.push(getComputedStyle(document.documentElement).colorScheme);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

test('a chosen theme is there from the first frame after a reload', async ({ tab }) => {
  const { page } = tab;
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await recordThemes(page);
  await page.reload();
  await expect(tab.box).toBeEditable();
  const themes = await page.evaluate(() => (window as Painted).themes ?? []);
  expect(new Set(themes)).toEqual(new Set(['dark']));
  await expect(page.locator('meta[name=theme-color]')).toHaveCount(1);
});

test('the first stop of the keyboard leads to the message box', async ({ stack, trouble, browser }) => {
  const stage = new Stage({ stack, trouble, browser });
  // Where there is a mouse, the box has the focus from the start.
  const tab = await (await stage.newGuest({ hasTouch: true, isMobile: true })).openTab();
  const skip = tab.page.getByRole('link', { name: 'To the message box' });
  await tab.page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await tab.page.keyboard.press('Enter');
  await expect(tab.box).toBeFocused();
  await stage.close();
});

test('a dialog gives the focus back to where it was opened', async ({ tab, script }) => {
  const question = script('words=1');
  await tab.begin(question.text);
  question.release(1);
  const options = tab.chats.getByRole('button', { name: 'Chat options' });
  await options.focus();
  await tab.page.keyboard.press('Enter');
  await tab.page.getByRole('menuitem', { name: 'Rename' }).press('Enter');
  await expect(tab.page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await tab.page.keyboard.press('Escape');
  await expect(tab.page.getByRole('dialog')).toBeHidden();
  await expect(options).toBeFocused();
});

test('the drawer gives the focus back to the button that opened it', async ({ tab }) => {
  await tab.page.setViewportSize({ width: 390, height: 844 });
  const open = tab.page.getByRole('button', { name: 'Open the list' });
  await open.click();
  await expect(tab.page.getByRole('dialog')).toBeVisible();
  await tab.page.keyboard.press('Escape');
  await expect(open).toBeFocused();
});

test('the page can be installed', async ({ tab, stack }) => {
  const address = await tab.page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await tab.page.request.get(address!)).json()) as { name: string; icons: { src: string }[] };
  expect(manifest.name).toBe('Holdfast');
  for (const { src } of manifest.icons) {
    const icon = await tab.page.request.get(`${stack.url}${src}`);
    expect(icon.headers()['content-type'], src).toBe('image/png');
  }
});
