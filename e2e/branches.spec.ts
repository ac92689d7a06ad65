import { AxeBuilder } from '@axe-core/playwright';
import { expectContractNames } from './contract-names.ts';
import { expect, test } from './fixtures.ts';
import type { ChatTab } from './person/chat-tab.ts';
import { failedRequests } from './trouble.ts';

const versions = ({ conversation }: ChatTab) => conversation.getByRole('group', { name: /^Version/ });
const previous = (tab: ChatTab) => versions(tab).getByRole('button', { name: 'Previous version' });
const next = (tab: ChatTab) => versions(tab).getByRole('button', { name: 'Next version' });
const regenerate = ({ answer }: ChatTab) => answer.getByRole('button', { name: 'Regenerate', exact: true });
const editButton = ({ page }: ChatTab) => page.getByRole('button', { name: 'Edit', exact: true });
const editBox = ({ page }: ChatTab) => page.getByRole('textbox', { name: 'New wording', exact: true });
const saveButton = ({ page }: ChatTab) => page.getByRole('button', { name: 'Save & ask again', exact: true });

/** Say the beginning of the question anew, with the same directives. */
async function edit(tab: ChatTab, text: string) {
  await tab.questions.first().hover();
  await editButton(tab).first().click();
  await expect(editBox(tab)).toBeFocused();
  await editBox(tab).fill(text);
}

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`the versions of an answer can be switched, in every tab and over a reload, ${viewport.width} px`, async ({
    tab,
    person,
    stack,
  }) => {
    await tab.page.setViewportSize(viewport);
    const chatId = await tab.begin(`${stack.nameQuestion()} [[words=4 stamp]]`);
    await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
    const [, first] = await person.api.texts(chatId);
    const other = await person.openTab(chatId);
    await expect(versions(tab)).toHaveCount(0);

    await regenerate(tab).click();
    await expect(versions(tab)).toHaveAccessibleName('Version 2 of 2');
    await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
    const [, second] = await person.api.texts(chatId);
    await expect(other.answer).toContainText(second!.trim());

    await previous(tab).click();
    for (const each of [tab, other]) {
      await expect(each.answer).toContainText(first!.trim());
      await expect(versions(each)).toHaveAccessibleName('Version 1 of 2');
    }
    await expect(previous(tab)).toBeFocused();
    await tab.page.reload();
    await expect(tab.answer).toContainText(first!.trim());
    await next(tab).click();
    for (const each of [tab, other]) await expect(each.answer).toContainText(second!.trim());
    const { violations } = await new AxeBuilder({ page: tab.page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  });
}

test('a message said in other words begins a branch, and what followed the old ones is found again', async ({
  tab,
  person,
  stack,
}) => {
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=3]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await tab.ask(`${stack.nameQuestion()} second [[words=3]]`);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');

  const reworded = `${stack.nameQuestion()} in other words [[words=3]]`;
  await edit(tab, reworded);
  await editBox(tab).press('Enter');
  await expect(tab.questions).toHaveText([reworded]);
  await expect(tab.answers).toHaveCount(1);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  expect((await person.api.texts(chatId)).at(0)).toBe(reworded);

  await previous(tab).click();
  await expect(tab.questions).toHaveCount(2);
  await expect(tab.questions.last()).toContainText('second');
  await next(tab).click();
  await expect(tab.questions).toHaveText([reworded]);
});

test('an edit is kept over a reload and a failed send, and Escape leaves the message as it was', async ({
  tab,
  stack,
  trouble,
}) => {
  const asked = `${stack.nameQuestion()} [[words=3]]`;
  await tab.begin(asked);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const reworded = `${stack.nameQuestion()} anew [[words=3]]`;
  await edit(tab, reworded);
  await tab.page.reload();
  await expect(editBox(tab)).toHaveValue(reworded);

  trouble.expect(failedRequests);
  await tab.page.route('**/api/trpc/run.start*', (route) => route.abort());
  await saveButton(tab).click();
  await expect(tab.page.getByText(/^Not sent\./)).toBeVisible();
  await expect(editBox(tab)).toHaveValue(reworded);
  await expectContractNames(tab.page, 'while a message is said in other words');
  await tab.page.unroute('**/api/trpc/run.start*');
  await editBox(tab).press('Escape');
  await expect(tab.questions).toHaveText([asked]);
  await expect(editButton(tab)).toBeFocused();

  await edit(tab, reworded);
  await saveButton(tab).click();
  await expect(tab.questions).toHaveText([reworded]);
});

test('nothing is said anew and no branch is left while an answer is being written', async ({ tab, stack, script }) => {
  await tab.begin(`${stack.nameQuestion()} [[words=3]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await regenerate(tab).click();
  await expect(versions(tab)).toHaveAccessibleName('Version 2 of 2');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const question = script('words=6 stamp');
  await tab.ask(question.text);
  await question.request();
  for (const button of [editButton(tab).first(), previous(tab)]) {
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAttribute('title', 'Once the answer is written.');
  }
  question.release(6);
  await expect(tab.answer).toHaveText(await question.saidAll());
  await expect(previous(tab)).toHaveAttribute('aria-disabled', 'false');
});

test('new words for two messages are kept each for its own, and do not take the focus when they are shown again', async ({
  tab,
  stack,
}) => {
  await tab.begin(`${stack.nameQuestion()} [[words=3]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await tab.ask(`${stack.nameQuestion()} [[words=3]]`);
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await editButton(tab).first().click();
  await editBox(tab).fill('first anew');
  await editButton(tab).click();
  await expect(editBox(tab)).toHaveCount(2);
  await editBox(tab).last().fill('second anew');
  await tab.page.reload();
  await expect(editBox(tab).first()).toHaveValue('first anew');
  await expect(editBox(tab).last()).toHaveValue('second anew');
  await expect(tab.box).toBeFocused();
  await editBox(tab).first().press('Escape');
  await tab.page.reload();
  await expect(editBox(tab)).toHaveValue('second anew');
});

test('new words whose arrival nobody was told of are sent once, and leave the form', async ({ tab, person, stack, trouble }) => {
  const asked = `${stack.nameQuestion()} [[words=3]]`;
  const chatId = await tab.begin(asked);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  trouble.expect(failedRequests);
  // The server takes the message, and its answer is lost.
  await tab.page.route('**/api/trpc/run.start*', async (route) => {
    await route.fetch();
    await route.abort();
  });
  const reworded = `${stack.nameQuestion()} anew [[words=3]]`;
  await edit(tab, reworded);
  await saveButton(tab).click();
  await expect(tab.questions).toHaveText([reworded]);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await tab.page.reload();
  await previous(tab).first().click();
  await expect(tab.questions).toHaveText([asked]);
  await expect(editBox(tab)).toHaveCount(0);
  expect((await person.api.messages(chatId))[0]!.metadata!.siblings).toHaveLength(2);
});

test('what was found on another branch is shown there, from the search and by its address', async ({ tab, stack, person, trouble }) => {
  const asked = `${stack.nameQuestion()} about bowlines [[words=3]]`;
  const chatId = await tab.begin(asked);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const [hidden] = await person.api.messages(chatId);
  const reworded = `${stack.nameQuestion()} about shoes [[words=3]]`;
  await edit(tab, reworded);
  await editBox(tab).press('Enter');
  await expect(tab.questions).toHaveText([reworded]);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');

  await tab.page.getByRole('button', { name: 'Search', exact: true }).click();
  await tab.page.getByRole('combobox').fill('bowlines');
  await tab.page.getByRole('option').filter({ hasText: 'about bowlines' }).last().click();
  await expect(tab.questions).toHaveText([asked]);
  await expect(tab.questions.first()).toBeFocused();
  await expect(versions(tab)).toHaveAccessibleName('Version 1 of 2');

  await next(tab).click();
  await expect(tab.questions).toHaveText([reworded]);
  await tab.open();
  await tab.page.goto(`/chat/${chatId}#m-${hidden!.id}`);
  await expect(tab.questions).toHaveText([asked]);
  await expect(tab.questions.first()).toBeInViewport();
  trouble.expect(failedRequests);
  await tab.page.goto(`/chat/${chatId}#m-${crypto.randomUUID()}`);
  await expect(tab.page.getByText('This message is no longer in the chat.')).toBeVisible();
});

test('of two tabs that turn to different branches, both show what was turned to last', async ({ tab, person, stack }) => {
  const chatId = await tab.begin(`${stack.nameQuestion()} [[words=4 stamp]]`);
  for (const count of [2, 3]) {
    await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
    await regenerate(tab).click();
    await expect(versions(tab)).toHaveAccessibleName(`Version ${count} of ${count}`);
  }
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const other = await person.openTab(chatId);
  await previous(tab).click();
  await expect(versions(other)).toHaveAccessibleName('Version 2 of 3');
  await Promise.all([previous(tab).click(), next(other).click()]);
  const shown = async () => (await person.api.texts(chatId))[1]!.trim();
  for (const each of [tab, other]) {
    await expect(async () => expect(each.answer).toContainText(await shown(), { timeout: 500 })).toPass();
  }
});

test('a message said in other words goes before what is paused, which then follows it', async ({ tab, person, stack, script }) => {
  const question = script('words=50 stamp');
  const later = `${stack.nameQuestion()} later [[words=3]]`;
  const chatId = await tab.begin(question.text);
  question.release(2);
  await expect(tab.answer).toContainText(await question.said(2));
  await tab.ask(later);
  await expect(tab.queued).toHaveText([later]);
  await tab.stopButton.click();
  await expect(tab.queue).toContainText('paused');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');

  const reworded = `${stack.nameQuestion()} in other words [[words=3]]`;
  await edit(tab, reworded);
  await editBox(tab).press('Enter');
  await expect(tab.questions).toHaveText([reworded]);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await previous(tab).click();
  await expect(tab.questions).toHaveText([question.text]);
  await expect(tab.queued).toHaveText([later]);
  await next(tab).click();
  await expect(tab.questions).toHaveText([reworded]);
  await tab.queue.getByRole('button', { name: 'Resume now' }).click();
  await expect(tab.questions).toHaveText([reworded, later]);
  await expect(tab.queue).toBeHidden();
  await expect(tab.answers).toHaveCount(2);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const other = await person.openTab(chatId);
  await expect(other.questions).toHaveText([reworded, later]);
});
