import { createMathPlugin } from '@streamdown/math';
import type { MathPlugin } from 'streamdown';
import 'katex/dist/katex.min.css';

const { rehypePlugin, ...plugin } = createMathPlugin({ errorColor: 'var(--danger)' });
const [render, options] = rehypePlugin as [typeof rehypePlugin, object];

/** What a model writes is untrusted: formulas neither link nor load (KaTeX's default), nor paint over the page. */
export const math = { ...plugin, rehypePlugin: [render, { ...options, maxSize: 20, strict: 'ignore' }] } as MathPlugin;
