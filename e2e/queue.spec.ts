import { expect, test } from './fixtures.ts';
import { holdLiveEvents } from './held-events.ts';
import { ChatTab } from './person/chat-tab.ts';
import type { Question } from './stack/question.ts';

/** A chat in which an answer is being written. @returns its id */
async function begin(tab: ChatTab, question: Question): Promise<string> {
  const chatId = await tab.begin(question.text);
  question.release(2);
  await expect(tab.answer).toContainText(await question.said(2));
  return chatId;
}

/** Let a queued question be answered, as number `place` of the chat; the next one may begin at once. */
async function expectAnswered(tab: ChatTab, question: Question, place: number): Promise<void> {
  question.release(3);
  const answer = tab.answers.nth(place - 1);
  await expect(answer).toHaveText(await question.saidAll());
  await expect(answer).toHaveAttribute('aria-busy', 'false');
}

const lineOf = (tab: ChatTab, question: Question) => tab.queued.filter({ hasText: question.text });

test('messages wait for the answer, in every tab and over a reload, and go out in order', async ({ tab, person, script }) => {
  const question = script('words=4 stamp');
  const [first, second, third] = [script('words=3 stamp'), script('words=3 stamp'), script('words=3 stamp')] as const;
  const chatId = await begin(tab, question);
  for (const [i, each] of [first, second, third].entries()) {
    await tab.box.fill(each.text);
    await tab.box.press('Enter');
    await expect(tab.box).toHaveValue('');
    await expect(tab.queued).toHaveCount(i + 1);
  }
  await expect(tab.queued).toHaveText([first.text, second.text, third.text]);
  await expect(tab.questions).toHaveText([question.text]);

  const other = await person.openTab(chatId);
  await expect(other.queued).toHaveText([first.text, second.text, third.text]);
  await lineOf(other, second).getByRole('button', { name: 'Remove from the queue' }).click();
  await expect(tab.queued).toHaveText([first.text, third.text]);
  await lineOf(tab, third).getByRole('button', { name: 'Edit' }).click();
  const box = tab.queue.getByRole('textbox', { name: 'Queued text' });
  await expect(box).toBeFocused();
  await box.fill(second.text);
  await box.press('Enter');
  await expect(other.queued).toHaveText([first.text, second.text]);

  await tab.page.reload();
  await expect(tab.queued).toHaveText([first.text, second.text]);
  question.release(2);
  await expectAnswered(tab, first, 2);
  await expectAnswered(tab, second, 3);
  for (const each of [tab, other]) {
    await expect(each.questions).toHaveText([question.text, first.text, second.text]);
    await expect(each.queue).toBeHidden();
  }
  expect(await person.api.texts(chatId)).toHaveLength(6);
});

test('an interrupting message stops the answer and goes out before the others', async ({ tab, script }) => {
  const question = script('words=50 stamp');
  const [waiting, urgent] = [script('words=3 stamp'), script('words=3 stamp')] as const;
  await begin(tab, question);
  await tab.ask(waiting.text);
  await expect(tab.queued).toHaveText([waiting.text]);
  await tab.box.fill(urgent.text);
  await expect(tab.interruptButton).toHaveAttribute('title', /Ctrl \+ Enter/);
  await expect(tab.interruptButton).toHaveAttribute('aria-keyshortcuts', 'Control+Enter');
  await tab.box.press('Control+Enter');
  await question.until(({ abortedAt }) => abortedAt !== null);
  await expectAnswered(tab, urgent, 2);
  await expectAnswered(tab, waiting, 3);
  await expect(tab.questions).toHaveText([question.text, urgent.text, waiting.text]);
  await expect(tab.answers.first()).toContainText('Stopped');
});

test('on a Mac the key that interrupts is Command, as it is said', async ({ tab, person, script }) => {
  const [question, waiting, urgent] = [script('words=50 stamp'), script('words=3 stamp'), script('words=3 stamp')] as const;
  await person.context.addInitScript(() => Object.defineProperty(navigator, 'platform', { value: 'MacIntel' }));
  await tab.open();
  await begin(tab, question);
  await expect(tab.interruptButton).toHaveAttribute('title', /⌘ \+ Enter/);
  await expect(tab.interruptButton).toHaveAttribute('aria-keyshortcuts', 'Meta+Enter');
  await tab.box.fill(waiting.text);
  await tab.box.press('Control+Enter');
  await expect(tab.queued).toHaveText([waiting.text]);
  await tab.box.fill(urgent.text);
  await tab.box.press('Meta+Enter');
  await question.until(({ abortedAt }) => abortedAt !== null);
  await expectAnswered(tab, urgent, 2);
  await expectAnswered(tab, waiting, 3);
});

test('what is queued can be read, and goes out, when the code to change it cannot be fetched', async ({ tab, script, trouble }) => {
  const [question, first, second] = [script('words=4 stamp'), script('words=3 stamp'), script('words=3 stamp')] as const;
  await begin(tab, question);
  // All that a conversation needs has come by now.
  await tab.page.waitForLoadState('networkidle');
  trouble.expect(/Failed to load resource|Failed to load chunk|ERR_FAILED/);
  await tab.page.route('**/_next/static/**/*.js*', (route) => route.abort());
  await tab.ask(first.text);
  await expect(tab.queued).toHaveText([first.text]);
  await expect(tab.queue.getByRole('alert')).toContainText('The server cannot be reached.');
  await tab.page.unroute('**/_next/static/**/*.js*');
  await tab.queue.getByRole('button', { name: 'Retry' }).click();
  await lineOf(tab, first).getByRole('button', { name: 'Edit' }).click();
  const box = tab.queue.getByRole('textbox', { name: 'Queued text' });
  await box.fill(second.text);
  await box.press('Enter');
  await expect(tab.queued).toHaveText([second.text]);
  question.release(2);
  await expectAnswered(tab, second, 2);
});

test('Interrupt the answer is a button, too', async ({ tab, script }) => {
  const [question, urgent] = [script('words=50 stamp'), script('words=3 stamp')] as const;
  await begin(tab, question);
  await expect(tab.interruptButton).toBeDisabled();
  await tab.box.fill(urgent.text);
  await tab.interruptButton.click();
  await expectAnswered(tab, urgent, 2);
  await expect(tab.interruptButton).toBeHidden();
});

test('Stop pauses the queue, over a reload, until Resume now', async ({ tab, person, script }) => {
  const question = script('words=50 stamp');
  const [first, second] = [script('words=3 stamp'), script('words=3 stamp')] as const;
  const chatId = await begin(tab, question);
  await tab.ask(first.text);
  await expect(tab.queued).toHaveCount(1);
  await tab.ask(second.text);
  await expect(tab.queued).toHaveText([first.text, second.text]);
  await tab.stopButton.click();
  await expect(tab.queue).toContainText('2 messages are paused');
  await expect(tab.status).toHaveText('Stopped.');
  const other = await person.openTab(chatId);
  await expect(other.queue).toContainText('2 messages are paused');
  await tab.page.reload();
  await expect(tab.queued).toHaveText([first.text, second.text]);
  await expect(tab.questions).toHaveText([question.text]);

  await tab.queue.getByRole('button', { name: 'Resume now' }).click();
  await expectAnswered(tab, first, 2);
  await expectAnswered(other, second, 3);
  await expect(tab.questions).toHaveText([question.text, first.text, second.text]);
});

test('what is queued is not lost with the worker', async ({ stack, tab, script }) => {
  const [question, next] = [script('words=6 stamp'), script('words=3 stamp')] as const;
  await begin(tab, question);
  await tab.ask(next.text);
  await expect(tab.queued).toHaveText([next.text]);
  await stack.killWorker(stack.workers[0]!);
  await expect(tab.queued).toHaveText([next.text]);
  await stack.startWorker();
  await question.request(2);
  question.release(6);
  await expectAnswered(tab, next, 2);
  await expect(tab.questions).toHaveText([question.text, next.text]);
});

test('an edit whose message has been sent meanwhile is put into the message box', async ({ tab, script }) => {
  const [question, next] = [script('words=4 stamp'), script('words=3 stamp')] as const;
  await begin(tab, question);
  await tab.ask(next.text);
  await lineOf(tab, next).getByRole('button', { name: 'Edit' }).click();
  await tab.queue.getByRole('textbox', { name: 'Queued text' }).fill('Better words');
  await tab.page.reload();
  await expect(tab.queue.getByRole('textbox', { name: 'Queued text' })).toHaveValue('Better words');
  question.release(2);
  await expect(tab.box).toHaveValue('Better words');
  await expectAnswered(tab, next, 2);
  await expect(tab.questions).toHaveText([question.text, next.text]);
});

test('an edit that comes too late from a tab which does not know yet keeps its words', async ({ tab, person, script, trouble }) => {
  const [question, next] = [script('words=4 stamp'), script('words=3 stamp')] as const;
  const chatId = await begin(tab, question);
  await tab.ask(next.text);
  const late = new ChatTab(await person.context.newPage());
  const network = await holdLiveEvents(late.page);
  await late.open(chatId);
  await lineOf(late, next).getByRole('button', { name: 'Edit' }).click();
  await late.queue.getByRole('textbox', { name: 'Queued text' }).fill('Better words');
  network.hold();
  question.release(2);
  await expectAnswered(tab, next, 2);
  trouble.expect(/Failed to load resource/);
  await late.queue.getByRole('button', { name: 'Save' }).click();
  network.release();
  await expect(late.box).toHaveValue('Better words');
  await expect(late.questions).toHaveText([question.text, next.text]);
});
