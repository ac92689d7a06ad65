import { describe, expect, it } from 'vitest';
import { nextTransport } from './live-transport.ts';

describe('nextTransport', () => {
  it('keeps the WebSocket once it spoke', () => {
    expect(nextTransport('untried', 'spoke')).toBe('websocket');
    expect(nextTransport('websocket', 'spoke')).toBe('websocket');
  });

  it('falls back when the first WebSocket stays mute', () => {
    expect(nextTransport('untried', 'mute')).toBe('events');
    expect(nextTransport('events', 'mute')).toBe('events');
  });

  it('stays with a WebSocket that worked before, for then the server is away', () => {
    expect(nextTransport('websocket', 'mute')).toBe('websocket');
  });
});
