import { describe, expect, it } from 'vitest';
import { sampleMessage } from '#components/testing/sample-views.ts';
import { placeMessage } from './message-branch.ts';

const question = sampleMessage('u1', { role: 'user', text: 'why?' });
const answer = sampleMessage('a1', { parentId: 'u1', text: 'because', createdAt: '2026-01-01T00:00:01.000Z' });
const branch = [question, answer];
const idsOf = (messages: readonly { id: string }[]) => messages.map(({ id }) => id);

describe('placeMessage', () => {
  it('adds a message after its parent', () => {
    const next = sampleMessage('u2', { role: 'user', parentId: 'a1', createdAt: '2026-01-01T00:00:02.000Z' });
    expect(idsOf(placeMessage(branch, next))).toEqual(['u1', 'a1', 'u2']);
  });

  it('replaces a known message where it stands', () => {
    const edited = sampleMessage('u1', { role: 'user', text: 'how?' });
    expect(placeMessage(branch, edited)).toEqual([edited, answer]);
  });

  it('lets a newer answer take the place of the older one and of all that followed it', () => {
    const followed = [...branch, sampleMessage('u2', { role: 'user', parentId: 'a1' })];
    const newer = sampleMessage('a2', { parentId: 'u1', createdAt: '2026-01-01T00:00:09.000Z' });
    expect(idsOf(placeMessage(followed, newer))).toEqual(['u1', 'a2']);
  });

  it('keeps the newer answer when an older one is told of late', () => {
    const older = sampleMessage('a0', { parentId: 'u1', createdAt: '2026-01-01T00:00:00.500Z' });
    expect(idsOf(placeMessage(branch, older))).toEqual(['u1', 'a1']);
  });

  it('begins an empty branch', () => {
    expect(idsOf(placeMessage([], question))).toEqual(['u1']);
  });

  it('puts a question before its answer when the answer is told of first', () => {
    const next = sampleMessage('u2', { role: 'user', parentId: 'a1' });
    const nextAnswer = sampleMessage('a2', { parentId: 'u2' });
    const withAnswer = placeMessage(branch, nextAnswer);
    expect(idsOf(placeMessage(withAnswer, next))).toEqual(['u1', 'a1', 'u2', 'a2']);
    expect(idsOf(placeMessage(placeMessage([], answer), question))).toEqual(['u1', 'a1']);
  });

  it('appends a message whose parent is not shown', () => {
    expect(idsOf(placeMessage(branch, sampleMessage('x', { parentId: 'elsewhere' })))).toEqual(['u1', 'a1', 'x']);
  });
});
