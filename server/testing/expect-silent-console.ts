/** Vitest setup file: a test during which something was written to console.error fails, unless it spied on it. */
import { afterAll, afterEach, expect } from 'vitest';

let complaints: unknown[][] = [];

console.error = (...complaint: unknown[]) => {
  complaints.push(complaint);
};

function expectNone() {
  const unexpected = complaints;
  complaints = [];
  expect(unexpected, 'unexpected console.error').toEqual([]);
}

afterEach(expectNone);
afterAll(expectNone);
