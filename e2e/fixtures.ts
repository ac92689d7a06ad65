import { expect, test as base } from '@playwright/test';
import { Person } from './person/person.ts';
import type { ChatTab } from './person/chat-tab.ts';
import { type Question, scriptQuestion } from './stack/question.ts';
import { type Settings, Stack } from './stack/stack.ts';
import { Trouble } from './trouble.ts';

type TestFixtures = {
  /** what went wrong unasked; a test fails on what it did not expect */
  trouble: Trouble;
  /** a new guest in a browser of their own */
  newPerson: () => Promise<Person>;
  /** a guest */
  person: Person;
  /** the guest's tab, on the page where a new chat begins */
  tab: ChatTab;
  /** a question whose answer waits for the test; see scriptQuestion */
  script: (directives: string) => Question;
};

type WorkerFixtures = {
  /** environment variables of web and workers, for a spec file that needs its own */
  settings: Settings;
  stack: Stack;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  settings: [{}, { option: true, scope: 'worker' }],
  stack: [
    async ({ settings }, use) => {
      const stack = await Stack.start(settings);
      await use(stack);
      await stack.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
  trouble: [
    async ({ stack }, use, testInfo) => {
      const trouble = new Trouble();
      await use(trouble);
      const hasFailed = testInfo.status !== testInfo.expectedStatus;
      for (const [index, { log }] of stack.processes.entries()) {
        if (hasFailed) await testInfo.attach(`process-${index}.log`, { body: log.toString() });
      }
      const unexpected = trouble.collect(stack);
      await stack.restore();
      expect(unexpected, 'trouble that nobody expected').toEqual([]);
    },
    { auto: true },
  ],
  newPerson: async ({ browser, trouble }, use) => {
    const people: Person[] = [];
    await use(async () => {
      const person = new Person(await browser.newContext());
      people.push(person);
      trouble.watch(person.context);
      await person.api.signInAsGuest();
      return person;
    });
    for (const { context } of people) await context.close();
  },
  person: async ({ newPerson }, use) => use(await newPerson()),
  tab: async ({ person }, use) => use(await person.openTab()),
  script: async ({ stack }, use) => use((directives) => scriptQuestion(stack, directives)),
});

export { expect };
