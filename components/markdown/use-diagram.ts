'use client';

import { useEffect, useState } from 'react';
import { useIsDark } from '#components/ui/use-is-dark.ts';

export type Diagram = { source: string; image: string | null };

/**
 * A diagram as an image, in the colours of the page. What draws it is loaded when a diagram is complete.
 *
 * @param source null while it is being written
 * @returns null until it is drawn; without an image where that cannot be done
 */
export function useDiagram(source: string | null): Diagram | null {
  const isDark = useIsDark();
  const [diagram, setDiagram] = useState<Diagram | null>(null);
  useEffect(() => {
    if (source === null) return;
    let isGone = false;
    const show = (image: string | null) => {
      if (!isGone) setDiagram({ source, image });
    };
    import('./draw-diagram.ts')
      .then(({ drawDiagram }) => drawDiagram(source, isDark))
      .then(show, () => show(null));
    return () => {
      isGone = true;
    };
  }, [isDark, source]);
  return diagram?.source === source ? diagram : null;
}
