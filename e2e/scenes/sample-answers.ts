/** What is said in the scenes: everything that an answer can hold. */

export const tideQuestion = 'Why does the tide come twice a day? I would have expected once.';

export const tideAnswer = `Because the Moon pulls on *both* sides of the Earth, only not equally.

The water nearest to the Moon is pulled more than the Earth's centre, and the centre more than the water on the far
side. So the sea bulges **towards** the Moon and **away** from it, and the Earth turns under the two bulges once a day.

| Tide | When | Height |
|---|---|---:|
| Spring tide | Sun and Moon in line | 4.1 m |
| Neap tide | Sun and Moon at right angles | 2.3 m |

The Moon moves on meanwhile, which is why high water comes about 50 minutes later each day.`;

export const longQuestion = 'How do I keep a lease in PostgreSQL, so that two workers never own the same job?';

export const longAnswer = `## The idea

A worker owns a job for a few seconds only, and says again and again that it is still there. When it falls silent, the
job belongs to whoever asks next. Three things must hold:

1. The clock is the **database's**, never the worker's.
2. Taking a job raises its *epoch*, so that a late owner can be told from the present one.
3. Every later write names the epoch:
   - no row changed means somebody else owns the job,
   - and then there is nothing left to do but stop.

### The claim

One statement, so that there is no moment between looking and taking:

\`\`\`sql
UPDATE job
   SET owner = $1, epoch = epoch + 1, lease_until = now() + interval '15 seconds' -- the database's clock, always
 WHERE id = (SELECT id FROM job WHERE lease_until < now() ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, epoch;
\`\`\`

And the loop around it, with \`renew\` as the heartbeat:

\`\`\`ts
export async function work(db: Database, owner: string): Promise<void> {
  const job = await claim(db, owner);
  if (!job) return; // nothing to do is an answer, too
  const heartbeat = setInterval(() => void renew(db, job), 2_000);
  try {
    await run(job, { retries: 3, message: \`epoch \${job.epoch}\` });
  } finally {
    clearInterval(heartbeat);
  }
}
\`\`\`

> What was not committed has never happened.

More about locks is in [the manual](https://www.postgresql.org/docs/current/explicit-locking.html).`;

export const mathQuestion = 'What is the normal distribution, and how do I test a sample against it?';

export const mathAnswer = `Its density, with mean $\\mu$ and deviation $\\sigma$, is

$$
f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}} \\; e^{-\\frac{1}{2}\\left(\\frac{x-\\mu}{\\sigma}\\right)^2}
$$

About 68 % of a sample lies within \\(\\mu \\pm \\sigma\\). The way to a decision:

\`\`\`mermaid
flowchart LR
  A[Sample] --> B{More than 50?}
  B -- yes --> C[Look at the quantiles]
  B -- no --> D[Shapiro-Wilk]
  C --> E[Decide]
  D --> E
\`\`\``;

export const arabicQuestion = 'ما هو المد والجزر؟';

export const arabicAnswer = `المد والجزر هما ارتفاع وانخفاض مستوى سطح البحر.

- يسببهما **القمر** والشمس
- يحدثان مرتين في اليوم

\`\`\`js
const tides = 2; // per day
\`\`\``;
