import { createMermaidPlugin, type MermaidConfig } from '@streamdown/mermaid';

type Inks = { paper: string; ink: string; line: string; water: string; deep: string };

const light: Inks = { paper: '#ffffff', ink: '#1c2733', line: '#5b6874', water: '#dcecf1', deep: '#f4f2ea' };
const dark: Inks = { paper: '#17222c', ink: '#eceae3', line: '#9fb0bd', water: '#1f4152', deep: '#202c37' };

/** Letters are drawn, not laid out as HTML, and in a font that an image has without loading it. */
const settings = ({ paper, ink, line, water, deep }: Inks, darkMode: boolean): MermaidConfig => ({
  theme: 'base',
  securityLevel: 'strict',
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  fontFamily: 'sans-serif',
  themeVariables: {
    darkMode,
    background: paper,
    primaryColor: water,
    primaryTextColor: ink,
    primaryBorderColor: line,
    secondaryColor: deep,
    tertiaryColor: deep,
    edgeLabelBackground: paper,
    lineColor: line,
    textColor: ink,
    fontFamily: 'sans-serif',
  },
});

const mermaid = createMermaidPlugin();
let count = 0;
/** Mermaid's settings are global: one diagram after the other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Draw a diagram. What a model writes is untrusted: the drawing is an image, so nothing in it can run, load or link.
 *
 * @returns address of the image
 * @throws where the source is not understood
 */
export function drawDiagram(source: string, isDark: boolean): Promise<string> {
  const drawing = last.then(async () => {
    count += 1;
    const { svg } = await mermaid.getMermaid(settings(isDark ? dark : light, isDark)).render(`diagram-${count}`, source);
    return toImage(svg);
  });
  last = drawing.catch(() => undefined);
  return drawing;
}

/** What a page takes for well formed may not be so in an image, and an image has a size of its own. */
function toImage(svg: string): string {
  const drawn = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (!drawn) throw new Error('nothing was drawn');
  const { width, height } = drawn.viewBox.baseVal;
  drawn.removeAttribute('style');
  drawn.setAttribute('width', String(width));
  drawn.setAttribute('height', String(height));
  return `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
}
