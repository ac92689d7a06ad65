import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFilePart } from '#domain/file-part';
import type { ChatMessage } from '#domain/message-view';
import type { AgentEvent, AgentFile } from '#server/runs/agent';
import { agentInput } from '#server/testing/agent-input';
import { collectStream } from '#server/testing/collect-stream';
import { type ModelServer, startModelServer } from '#server/testing/model-server';
import { sampleFiles } from '#server/testing/sample-files';
import { createAgent } from './agent.ts';
import { createDemoModel } from './demo-model.ts';
import { createModels } from './models.ts';
import { harmlessTools } from './tools.ts';

let server: ModelServer;
beforeAll(async () => void (server = await startModelServer()));
afterAll(() => server.close());

const idAt = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const filePart = (n: number, name: string, mediaType: string) => toFilePart({ id: idAt(n), name, mediaType });
const question = (parts: ChatMessage['parts']): ChatMessage => ({ id: crypto.randomUUID(), role: 'user', parts });

type Ask = { messages: ChatMessage[]; files: AgentFile[]; isDemo?: boolean };

async function ask({ messages, files, isDemo = false }: Ask) {
  const asked: string[][] = [];
  const scripted = createModels({ OPENAI_COMPATIBLE_BASE_URL: server.url, OPENAI_COMPATIBLE_API_KEY: 'a-secret' });
  const models = isDemo ? { resolve: () => createDemoModel(async () => {}), secrets: [] } : scripted;
  const input = agentInput('', {
    messages,
    readFiles: async (ids) => {
      asked.push([...ids]);
      return files;
    },
  });
  const events = await collectStream(createAgent({ models, tools: harmlessTools, log: { warn: () => {} } }).stream(input));
  const said = server.requests.at(-1)?.body.messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  return { events, asked, said };
}

const textOf = (events: AgentEvent[]) =>
  events.map((event) => (event.kind === 'chunk' && event.chunk.type === 'text-delta' ? event.chunk.delta : '')).join('');

describe('createAgent, with files', () => {
  it('sends pictures and PDFs as bytes and text as text, asked for once, the newest first', async () => {
    const { said, asked } = await ask({
      messages: [
        question([filePart(1, 'photo.png', 'image/png'), { type: 'text', text: 'What is this?' }]),
        question([filePart(2, 'paper.pdf', 'application/pdf'), filePart(3, 'a.md', 'text/markdown'), { type: 'text', text: 'And [[words=2]]' }]),
      ],
      files: [
        { id: idAt(1), bytes: sampleFiles.png },
        { id: idAt(2), bytes: sampleFiles.pdf },
        { id: idAt(3), bytes: Buffer.from('# Tides') },
      ],
    });
    expect(asked).toEqual([[idAt(2), idAt(3), idAt(1)]]);
    expect(said).toEqual([
      [
        { type: 'image_url', image_url: { url: `data:image/png;base64,${sampleFiles.png.toString('base64')}` } },
        { type: 'text', text: 'What is this?' },
      ],
      [
        {
          type: 'file',
          file: { filename: 'paper.pdf', file_data: `data:application/pdf;base64,${sampleFiles.pdf.toString('base64')}` },
        },
        { type: 'text', text: 'Attached file "a.md" (text/markdown):\n\n# Tides' },
        { type: 'text', text: 'And [[words=2]]' },
      ],
    ]);
  });

  it('names what is left out', async () => {
    const messages = [question([filePart(1, 'photo.png', 'image/png'), { type: 'text', text: 'Left out? [[words=2]]' }])];
    const { said } = await ask({ messages, files: [] });
    expect(said).toMatchObject([[{ type: 'text', text: expect.stringContaining('photo.png') }, {}]]);
  });

  it('says in our words that a model does not take such a file', async () => {
    const text = 'Blind [[status=400 message=this_model_takes_no_images]]';
    const failureFor = async (name: string, mediaType: string) => {
      const messages = [question([filePart(1, name, mediaType), { type: 'text', text }])];
      return (await ask({ messages, files: [{ id: idAt(1), bytes: Buffer.from('x') }] })).events.at(-1);
    };
    expect(await failureFor('photo.png', 'image/png')).toMatchObject({ kind: 'failure', code: 'FILES_REJECTED' });
    expect(await failureFor('notes.md', 'text/markdown')).toMatchObject({ kind: 'failure', code: 'PROVIDER_REJECTED' });
  });

  it('lets the demo model say what it has received', async () => {
    const parts = [filePart(1, 'photo.png', 'image/png'), filePart(2, 'fail.md', 'text/markdown')];
    const files = [
      { id: idAt(1), bytes: sampleFiles.png },
      { id: idAt(2), bytes: Buffer.from('fail') },
    ];
    const { events } = await ask({ messages: [question(parts)], files, isDemo: true });
    expect(textOf(events)).toContain('- `photo.png` (image/png)\n- `fail.md` (text/markdown)\n');
    expect(events.at(-1)).toMatchObject({ chunk: { type: 'finish' } });
  });
});
