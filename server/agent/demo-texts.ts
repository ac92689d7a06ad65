/** What the demo model has to say. */

export const greeting = `## Hello, I am the demo model

There is no large mind behind me: I am a small script that writes **as if** I were one, so that you can try Holdfast
without a key, even on a train.

What Holdfast does, in one sentence: *an answer, once begun, cannot be lost*. You are reading a row in PostgreSQL that
a worker fills word by word, and nothing reaches this page before it is safely committed.

### Be rude to it

1. **Reload** this page while I am still writing. I go on, at the word.
2. **Close the tab**, have a coffee, come back. I will have finished without you.
3. Open the chat in a **second tab**. Both of you see the same word at the same moment.
4. Press **Stop**. I stop at once, and what I had written stays.

### Words I listen to

| word | what happens |
| --- | --- |
| slowly | ten words a second, for patient reloading |
| long | about 1,500 words |
| think | I reason before I speak |
| use tools | three steps, with a clock and a calculator |
| fail | my provider breaks down, and you press Retry |

And because no demo is complete without code, here is the whole idea:

\`\`\`ts
for await (const word of answer) {
  await journal.append(word); // first the promise,
  show(word); // then the applause
}
\`\`\`

For a real answer, name a provider in \`.env\` and start again. I shall not be offended.
`;

export const thoughts = `The person asked me to think. A demo has little to think about, but it can do so in public:
first I look at the words of the message, then at my script, and I find to nobody's surprise that they agree.
Now for the answer.`;

export const filesIntroduction = `I cannot look into files, but I can see that they have arrived:
`;

export const clockIntroduction = `### Step one: the clock

I do not know what time it is, so I ask a tool.

`;

export const sumIntroduction = `### Step two: the calculator

Good to know. Now a sum that trips up machines which count in floating point.

`;

export const toolsConclusion = `### Step three: what I learned

Each of my steps was committed with the results of its tools. If the worker that runs me had been killed between
two of them, another one would have gone on from here, and **neither tool would have been called again**.
`;

export const failure = `I was asked to fail, so I shall do it with style. Somewhere around this word my provider is about to `;

export const longOpening = `# A long answer about answers that stay

I know only six things to say, so over 1,500 words you will meet them more than once. Use the time: reload me,
follow me from your phone, or stop me in the middle of a sentence.
`;

export const longParagraphs: readonly string[] = [
  `**A run is a row.** When you pressed Send, one transaction wrote your question, an empty answer and a run, and rang
a doorbell for the workers. Either all of it happened or none of it. That is why an answer never goes missing between
the moment you let go of the key and the moment somebody begins to write, and why pressing Send twice starts one turn.`,
  `**A worker holds a lease.** Whoever claims a run gets a number, one higher than the last owner's. Every later write
must show that number. A worker that froze for a minute and wakes up believing it is still in charge finds every door
closed: its writes touch zero rows, and it puts the pen down without having spoiled a single word.`,
  `**The journal comes first.** Words are appended to a journal and committed before any page hears of them. The page
that reloads asks for what came after its cursor and gets exactly that: not one word twice, not one word less. What
you have seen, you will see again; a screen is never ahead of the disk.`,
  `**Stop means stop.** It is a stamp on the row, not a wish sent to one process and hoped for. The worker hears of it
within milliseconds and cuts the request to the provider, so that neither the words nor the bill run on. Closing a tab
is something else entirely: people close tabs all day long, and they still want their answers.`,
  `**Crashes are ordinary.** When a process dies, its database session dies with it, and a sweeper notices. Another
worker takes the run over from the last completed step. A half-written step is written again, visibly; a completed
step is never repeated, because somebody has already paid for it and a tool may already have acted.`,
  `**Every run ends, once.** It succeeds, it fails with a reason that a person can read, or it is stopped. There is no
fourth way, and there is no spinner that turns for ever. If the database is away at the last moment, the outcome waits
in the hand of the worker until the database is back, and is written then.`,
];

export const longEnding = `That was the long answer. If you reloaded on the way and found nothing missing, it has made its point.
`;
