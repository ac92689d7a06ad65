import type { Tab } from './open-browser.ts';

/** As a wheel does it, evenly. */
const pixelsPerSecond = 4_000;

/** Scroll the conversation towards its beginning. */
export async function scrollUp({ page, devTools }: Tab, pixels: number): Promise<void> {
  const box = (await page.getByRole('log', { name: 'Conversation' }).boundingBox())!;
  await devTools.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: pixels,
    speed: pixelsPerSecond,
    gestureSourceType: 'mouse',
  });
}

/** Milliseconds from frame to frame while something goes on. */
export async function watchFrames({ page }: Tab, action: () => Promise<void>): Promise<number[]> {
  const watch = await page.evaluateHandle(() => {
    const instants: number[] = [];
    const note = (at: number) => {
      instants.push(at);
      state.frame = requestAnimationFrame(note);
    };
    const state = { frame: requestAnimationFrame(note), instants };
    return state;
  });
  await action();
  const instants = await watch.evaluate(({ frame, instants: noted }) => {
    cancelAnimationFrame(frame);
    return noted;
  });
  return instants.slice(1).map((at, index) => at - instants[index]!);
}

/**
 * Watch what the reader looks at, frame by frame.
 *
 * @returns to be asked at the end: by how many pixels it has moved at most
 */
export async function watchPosition({ page }: Tab): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    const { left, top, width, height } = document.querySelector('[role=log]')!.getBoundingClientRect();
    const read = document.elementFromPoint(left + width / 2, top + height / 2)!.closest('article')!;
    const beganAt = read.getBoundingClientRect().top;
    const state = { moved: 0 };
    const note = () => {
      state.moved = Math.max(state.moved, Math.abs(read.getBoundingClientRect().top - beganAt));
      requestAnimationFrame(note);
    };
    note();
    return state;
  });
  return () => watch.evaluate(({ moved }) => moved);
}
