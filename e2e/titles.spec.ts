import { expect, test } from './fixtures.ts';

test.use({ settings: { CHAT_TITLES: 'on' } });

test('the model names a chat after its first answer, and nobody’s title is written over', async ({ stack, tab }) => {
  const opening = `${stack.nameQuestion()} [[words=5 title=Knots_at_sea]]`;
  await tab.begin(opening);
  await expect(tab.line('Knots at sea')).toBeVisible();
  await expect(tab.page.getByRole('heading', { level: 1, name: 'Knots at sea' })).toBeVisible();
  await tab.choose('Knots at sea', 'Rename');
  await tab.page.getByRole('textbox', { name: 'Title' }).fill('Mine');
  await tab.page.keyboard.press('Enter');
  await tab.ask(`${stack.nameQuestion()} [[words=5 title=Never]]`);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await expect(tab.line('Mine')).toBeVisible();
  const asked = stack.model.requests.filter(({ question }) => question.includes('title=Never'));
  expect(asked).toHaveLength(1);
});
