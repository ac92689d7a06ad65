import type { UploadedFile } from '#domain/file-part';
import { sampleFiles } from '#server/testing/sample-files';
import { expect, test } from './fixtures.ts';
import { type ChosenFile, DraftFiles } from './person/files.ts';
import { failedRequests } from './trouble.ts';

const photo: ChosenFile = { name: 'photo.png', mimeType: 'image/png', buffer: sampleFiles.png };
const notes: ChosenFile = { name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# High tide at noon') };

test('files are shown, survive a reload, go with the message, and reach the model', async ({ stack, tab, newPerson }) => {
  const files = new DraftFiles(tab.page);
  await files.choose(photo, notes);
  await expect(files.item('photo.png').getByRole('img', { includeHidden: true })).toBeVisible();
  await expect(files.item('notes.md')).toContainText('1 KB');
  await tab.page.reload();
  await expect(files.items).toHaveCount(2);

  const name = stack.nameQuestion();
  await tab.begin(`${name} [[words=3 stamp]]`);
  await expect(files.items).toHaveCount(0);
  const { body } = await stack.model.until(({ question }) => question.includes(name));
  expect(body.messages.at(-1)?.content).toMatchObject([
    { type: 'image_url', image_url: { url: `data:image/png;base64,${sampleFiles.png.toString('base64')}` } },
    { type: 'text', text: expect.stringContaining('# High tide at noon') },
    { type: 'text', text: expect.stringContaining(name) },
  ]);

  const question = tab.questions.last();
  await expect(question).toContainText('notes.md');
  await question.getByRole('link', { name: 'Show photo.png' }).click();
  const viewer = tab.page.getByRole('dialog', { name: 'photo.png' });
  await expect(viewer.getByRole('img', { name: 'photo.png' })).toHaveJSProperty('naturalWidth', 1);
  await tab.page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(question.getByRole('link', { name: 'Show photo.png' })).toBeFocused();

  const address = await question.getByRole('link', { name: 'Save notes.md' }).getAttribute('href');
  expect(await (await tab.page.request.get(address!)).text()).toBe('# High tide at noon');
  expect((await (await newPerson()).context.request.get(address!)).status()).toBe(404);
});

test('a message is said anew with its files, and both versions hold them', async ({ stack, tab }) => {
  const files = new DraftFiles(tab.page);
  await files.choose(photo, notes);
  await tab.begin(`${stack.nameQuestion()} [[words=3 stamp]]`);
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  const question = tab.questions.last();
  await question.hover();
  await tab.page.getByRole('button', { name: 'Edit', exact: true }).click();
  const box = tab.page.getByRole('textbox', { name: 'New wording', exact: true });
  await expect(question.getByRole('link', { name: 'Show photo.png' })).toBeVisible();
  const name = stack.nameQuestion();
  await box.fill(`${name} [[words=3 stamp]]`);
  await box.press('Enter');
  const { body } = await stack.model.until(({ question: asked }) => asked.includes(name));
  expect(body.messages.at(-1)?.content).toMatchObject([
    { type: 'image_url' },
    { type: 'text', text: expect.stringContaining('# High tide at noon') },
    { type: 'text', text: expect.stringContaining(name) },
  ]);
  await expect(question).toContainText(name);
  await expect(question).toContainText('notes.md');
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
  await tab.page.reload();
  await expect(question.getByRole('link', { name: 'Show photo.png' })).toBeVisible();
  await tab.untilKeysAreHeard();
  await tab.page.getByRole('button', { name: 'Previous version' }).click();
  await expect(question).not.toContainText(name);
  await expect(question.getByRole('link', { name: 'Save notes.md' })).toBeVisible();
});

test('a file without words is a message', async ({ tab }) => {
  const files = new DraftFiles(tab.page);
  await expect(tab.sendButton).toBeDisabled();
  await files.choose(photo);
  await tab.sendButton.click();
  await expect(tab.questions.getByRole('link', { name: 'Show photo.png' })).toBeVisible();
  await expect(tab.answer).toHaveAttribute('aria-busy', 'false');
});

test('what is not taken says why, and holds the message back until it is removed', async ({ tab, person, trouble }) => {
  // The second is Playwright's own: it looks once more for pictures that the browser could not read.
  trouble.expect(failedRequests, /Connecting to 'blob:/);
  const files = new DraftFiles(tab.page);
  await tab.box.fill('With files');
  await files.choose(
    { name: 'archive.zip', mimeType: 'application/zip', buffer: sampleFiles.zip },
    { name: 'lie.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
    { name: 'huge.txt', mimeType: 'text/plain', buffer: Buffer.alloc(10_485_761, 'a') },
  );
  await expect(files.item('archive.zip')).toContainText('Only PNG, JPEG, GIF, WebP, PDF and text.');
  await expect(files.item('lie.png')).toContainText('Its content is not what its name says.');
  await expect(files.item('huge.txt')).toContainText('Larger than 10 MB.');
  await expect(tab.sendButton).toBeDisabled();
  for (const name of ['archive.zip', 'lie.png', 'huge.txt']) {
    await tab.page.getByRole('button', { name: `Remove ${name}` }).click();
  }
  await expect(tab.sendButton).toBeEnabled();

  const headers = { 'x-holdfast': '1', 'content-type': 'text/plain' };
  const tooLarge = await person.context.request.post('/api/files?name=a.txt', { headers, data: Buffer.alloc(10_485_761, 'a') });
  expect(tooLarge.status()).toBe(413);
  expect(await tooLarge.json()).toMatchObject({ error: { data: { reason: 'FILE_TOO_LARGE' } } });
  const largest = await person.context.request.post('/api/files?name=a.txt', { headers, data: Buffer.alloc(10_485_760, 'a') });
  const { id } = (await largest.json()) as UploadedFile;
  const given = await person.context.request.get(`/api/files/${id}`);
  expect(given.headers()).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  expect(given.headers()['content-security-policy']).toContain('sandbox');
  expect(await given.body()).toHaveLength(10_485_760);
});

test('Send waits for the upload, and a failed upload can be tried again', async ({ tab, trouble }) => {
  trouble.expect(failedRequests);
  const files = new DraftFiles(tab.page);
  await tab.page.route('**/api/files?*', (route) => route.abort(), { times: 1 });
  await tab.box.fill('Here it is');
  await files.choose(photo);
  await expect(files.item('photo.png')).toContainText('The server cannot be reached.');
  await expect(tab.sendButton).toBeDisabled();

  const held = Promise.withResolvers<void>();
  await tab.page.route('**/api/files?*', async (route) => {
    await held.promise;
    await route.continue();
  });
  await tab.page.getByRole('button', { name: 'Upload again' }).click();
  await expect(files.list.getByRole('progressbar', { name: 'Uploading photo.png' })).toBeVisible();
  await tab.box.press('Enter');
  await expect(tab.sendButton).toBeDisabled();
  await expect(tab.box).toHaveValue('Here it is');
  held.resolve();
  await expect(tab.sendButton).toBeEnabled();
});

test('an upload that a reload cuts off says so', async ({ tab }) => {
  const files = new DraftFiles(tab.page);
  await tab.page.route('**/api/files?*', () => undefined);
  await files.choose(photo);
  await expect(files.list.getByRole('progressbar')).toBeVisible();
  await tab.page.reload();
  await expect(files.item('photo.png')).toContainText('It was not uploaded. Attach it again.');
  await tab.page.getByRole('button', { name: 'Remove photo.png' }).click();
  await expect(files.items).toHaveCount(0);
  await tab.page.reload();
  await expect(tab.box).toBeFocused();
  await expect(files.items).toHaveCount(0);
});

test('pasted pictures and long texts become attachments, and a text can go back', async ({ tab }) => {
  const files = new DraftFiles(tab.page);
  await files.transfer('paste', { files: [photo] });
  await expect(files.item('photo.png')).toBeVisible();
  const long = 'The tide comes twice a day. '.repeat(200);
  await tab.box.fill('Look:');
  await files.transfer('paste', { text: long });
  await expect(files.item('Pasted text.txt')).toContainText('5 KB');
  await expect(tab.box).toHaveValue('Look:');
  await tab.page.reload();
  await tab.page.getByRole('button', { name: 'Insert as text instead' }).click();
  await expect(tab.box).toHaveValue(`Look:\n\n${long}`);
  await expect(files.items).toHaveCount(1);
});

test('files can be dropped anywhere', async ({ tab }) => {
  const files = new DraftFiles(tab.page);
  await files.transfer('dragover', { files: [notes] });
  await expect(tab.page.getByText('Drop the files to attach them')).toBeVisible();
  await files.transfer('drop', { files: [notes] });
  await expect(tab.page.getByText('Drop the files to attach them')).toBeHidden();
  await expect(files.item('notes.md')).toBeVisible();
});

test('a file that was kept too long says so, and is attached again', async ({ stack, tab, trouble }) => {
  trouble.expect(failedRequests);
  const files = new DraftFiles(tab.page);
  await files.choose(notes);
  await tab.box.fill('Still there?');
  await expect(tab.sendButton).toBeEnabled();
  await stack.changeRows("DELETE FROM file WHERE name = 'notes.md' AND NOT EXISTS (SELECT FROM chat_file WHERE file_id = id)", []);
  await tab.sendButton.click();
  await expect(files.item('notes.md')).toContainText('Not kept any more. Attach it again.');
  await expect(tab.box).toHaveValue('Still there?');
  await tab.page.getByRole('button', { name: 'Remove notes.md' }).click();
  await files.choose(notes);
  await tab.sendButton.click();
  await expect(tab.questions).toContainText('Still there?');
});

test('files wait in the queue with their message, and go with it or are taken back with it', async ({ stack, tab, script }) => {
  const files = new DraftFiles(tab.page);
  const question = script('words=4 stamp');
  await tab.begin(question.text);
  question.release(2);
  await expect(tab.answer).toContainText(await question.said(2));
  for (const file of [photo, notes]) {
    await files.choose(file);
    await expect(tab.sendButton).toBeEnabled();
    await tab.sendButton.click();
    await expect(files.items).toHaveCount(0);
    await expect(tab.queued.last()).toHaveText(file.name);
  }
  await tab.page.reload();
  await expect(tab.queued).toHaveText(['photo.png', 'notes.md']);
  await tab.queued.first().getByRole('button', { name: 'Remove from the queue' }).click();
  await expect(tab.queued).toHaveText(['notes.md']);

  const name = stack.nameQuestion();
  await tab.queued.first().getByRole('button', { name: 'Edit' }).click();
  const box = tab.queue.getByRole('textbox', { name: 'Queued text' });
  await box.fill(`${name} [[words=2]]`);
  await box.press('Enter');
  await expect(tab.queued).toContainText(['notes.md']);
  await expect(box).toBeHidden();
  question.release(2);
  const { body } = await stack.model.until((request) => request.question.includes(name));
  expect(JSON.stringify(body.messages.at(-1)?.content)).toContain('# High tide at noon');
  await expect(tab.questions.last().getByRole('link', { name: 'Save notes.md' })).toBeVisible();
});

test('too many files say so, and the rest can be attached once there is room', async ({ tab }) => {
  const files = new DraftFiles(tab.page);
  const many = Array.from({ length: 11 }, (_, i) => ({ ...notes, name: `notes-${i + 1}.md` }));
  await tab.box.fill('All of them');
  await files.choose(...many);
  await expect(files.item('notes-11.md')).toContainText('A message holds 10 files and 32 MB.');
  await expect(tab.sendButton).toBeDisabled();
  await tab.page.getByRole('button', { name: 'Remove notes-1.md' }).press('Enter');
  await expect(tab.box).toBeFocused();
  await tab.page.getByRole('button', { name: 'Upload again' }).press('Enter');
  await expect(files.item('notes-11.md')).toContainText('1 KB');
  await expect(tab.sendButton).toBeEnabled();
  await expect(tab.box).toHaveValue('All of them');
});

test('a page among the files cannot run here', async ({ person, tab }) => {
  const headers = { 'x-holdfast': '1', 'content-type': 'text/html' };
  const data = Buffer.from('<script>document.title = "taken over"</script>');
  const { id } = (await (await person.context.request.post('/api/files?name=page.html', { headers, data })).json()) as UploadedFile;
  const download = tab.page.waitForEvent('download');
  await tab.page.evaluate((url) => location.assign(url), `/api/files/${id}`);
  expect((await download).suggestedFilename()).toBe('page.html');
  await expect(tab.page).not.toHaveTitle('taken over');
});
