import { describe, expect, it } from 'vitest';
import type { LaneCall } from './delta-lane.ts';
import { createDiversion } from './lane-diversion.ts';

const bytes = (piece: string) => new TextEncoder().encode(piece);
const frame = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const text = (content: string) => frame({ content });

/** A model call of which all text goes ahead, or none. */
function createCall(takes: boolean) {
  const offered: string[] = [];
  const call: LaneCall = {
    offer: (_, piece) => {
      offered.push(piece);
      return takes;
    },
    pause: () => void offered.push('pause'),
    close: () => void offered.push('close'),
  };
  return { offered, diversion: createDiversion(call) };
}

describe('createDiversion', () => {
  it('keeps back what goes ahead until something else follows', () => {
    const { diversion, offered } = createCall(true);
    expect(diversion.feed(bytes(text('one ')))).toBe('');
    expect(diversion.feed(bytes(text('two')))).toBe('');
    expect(diversion.feed(bytes(frame({}, 'stop')))).toBe(text('one two') + frame({}, 'stop'));
    expect(offered).toEqual(['one ', 'two', 'pause']);
    expect(diversion.end()).toBe('');
  });

  it('hands on at once what does not go ahead', () => {
    const { diversion } = createCall(false);
    expect(diversion.feed(bytes(text('one ')))).toBe(text('one '));
  });

  it('hands on what is kept back at the end', () => {
    const { diversion } = createCall(true);
    diversion.feed(bytes(text('one')));
    expect(diversion.end()).toBe(text('one'));
    expect(diversion.end()).toBe('');
  });

  it('lets no more than so much text wait for company', () => {
    const { diversion } = createCall(true);
    const long = 'x'.repeat(5_000);
    expect(diversion.feed(bytes(text(long) + text(long)))).toBe(text(long + long));
  });

  it('puts together what was cut into pieces anywhere, characters included', () => {
    const { diversion, offered } = createCall(true);
    for (const byte of bytes(text('two 🚀 '))) expect(diversion.feed(Uint8Array.of(byte))).toBe('');
    expect(diversion.end()).toBe(text('two 🚀 '));
    expect(offered).toEqual(['two 🚀 ']);
  });

  it('keeps the names of events, their ids, and data of several lines', () => {
    const { diversion } = createCall(true);
    const event = 'id: 7\nevent: ping\ndata: {"type":\ndata: "ping"}\n\n';
    expect(diversion.feed(bytes(event))).toBe(event);
  });

  it('says so when it does not understand', () => {
    const { diversion, offered } = createCall(true);
    expect(diversion.feed(bytes('data: nonsense\n\n'))).toBe('data: nonsense\n\n');
    expect(offered).toEqual(['close']);
  });
});
