import { renderToStaticMarkup } from 'react-dom/server';
import { defaultRehypePlugins, Streamdown } from 'streamdown';
import { describe, expect, it } from 'vitest';
import { math } from './math.ts';

const render = (text: string) =>
  renderToStaticMarkup(
    <Streamdown plugins={{ math }} rehypePlugins={[defaultRehypePlugins.sanitize!]}>
      {text}
    </Streamdown>,
  );

describe('math', () => {
  it('renders formulas, those of lines of their own larger', () => {
    expect(render('so $$a^2$$')).toContain('class="katex"');
    expect(render('$$\na^2\n$$')).toContain('katex-display');
  });

  it('follows no address that a formula names', () => {
    const html = render('$$\\href{https://evil.example}{x}$$ $$\\includegraphics{https://evil.example/a.png}$$');
    expect(html).not.toMatch(/(?:href|src)="/);
  });

  it('bounds what a formula may cover', () => {
    expect(render('$$\\rule{9999em}{9999em}$$')).not.toMatch(/(?:width|height):\s*9999/);
  });
});
