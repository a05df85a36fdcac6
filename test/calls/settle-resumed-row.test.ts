import { describe, expect, it } from 'vitest';
import { LOST_ANSWER } from '../../src/calls/settle-call.ts';
import { left, looks, REMOVE, REPLACE, settle } from './settle-stage.ts';

describe('settleRow, of an earlier session', () => {
  it('makes no call again that was answered well', async () => {
    const { outcome, asked } = await settle(
      REMOVE,
      { replies: [] },
      left('DisassociateOpportunity', 'succeeded'),
    );
    expect(outcome).toMatchObject({ status: 'disassociated', confirmedBy: 'answer' });
    expect(asked).toEqual([]);
  });

  it('sends again what was answered by a fault that excludes the change', async () => {
    const { outcome, asked } = await settle(
      REMOVE,
      { replies: ['ok'] },
      left('DisassociateOpportunity', 'not_done'),
    );
    expect(outcome.status).toBe('disassociated');
    expect(asked).toEqual(['new Disassociate']);
  });

  it.each([
    ['made', 'disassociated'],
    ['unreadable', 'unknown'],
  ] as const)('settles a doubt by a read alone: %s', async (sighting, status) => {
    const { outcome, asked } = await settle(
      REMOVE,
      { replies: [], sightings: [sighting] },
      left('DisassociateOpportunity', 'in_doubt'),
    );
    expect(outcome.status).toBe(status);
    expect(asked).toEqual(['look twice Disassociate']);
  });

  it('takes a call in doubt for made where the look beforehand shows its change', async () => {
    const { outcome } = await settle(
      REMOVE,
      { replies: [], ...looks('needless') },
      left('DisassociateOpportunity', 'in_doubt'),
    );
    expect(outcome).toMatchObject({
      status: 'disassociated',
      confirmedBy: 'read',
      calls: { made: ['DisassociateOpportunity'] },
    });
  });

  it.each([
    ['made', { status: 'disassociated', confirmedBy: 'read' }],
    ['not_made', { status: 'failed', fault: { exception: 'LastRemainingEntity' } }],
    ['unreadable', { status: 'unknown', fault: LOST_ANSWER }],
  ] as const)('reads a call in doubt that must not be sent again: %s', async (sighting, expected) => {
    const { outcome, asked } = await settle(
      REMOVE,
      { replies: [], sightings: [sighting], ...looks('refuse') },
      left('DisassociateOpportunity', 'in_doubt'),
    );
    expect(outcome).toMatchObject(expected);
    expect(asked).toEqual(['look twice Disassociate']);
  });

  it('goes on between a replacement’s two calls', async () => {
    const attached = left('AssociateOpportunity', 'succeeded');
    const { outcome, asked } = await settle(REPLACE, { replies: ['ok'] }, attached);
    expect(outcome).toMatchObject({
      status: 'replaced',
      calls: { made: ['AssociateOpportunity', 'DisassociateOpportunity'] },
    });
    expect(asked).toEqual(['new Disassociate']);
  });

  it('settles the first of the two before it thinks of the second', async () => {
    const { outcome, asked } = await settle(
      REPLACE,
      { replies: ['ok'], sightings: ['made'] },
      left('AssociateOpportunity', 'in_doubt'),
    );
    expect(outcome).toMatchObject({ status: 'replaced', confirmedBy: 'read' });
    expect(asked).toEqual(['look twice Associate', 'new Disassociate']);
  });

  it('settles the second of the two without making the first again', async () => {
    const { outcome, asked } = await settle(
      REPLACE,
      { replies: [], sightings: ['made'] },
      left('DisassociateOpportunity', 'in_doubt', ['AssociateOpportunity']),
    );
    expect(outcome).toMatchObject({
      status: 'replaced',
      calls: { made: ['AssociateOpportunity', 'DisassociateOpportunity'] },
    });
    expect(asked).toEqual(['look twice Disassociate']);
  });

  const undone = (found: 'made' | 'not_made') => ({ by: 'people.undo.csv', found });

  it.each([
    ['made', { status: 'disassociated', confirmedBy: 'read', calls: { made: ['DisassociateOpportunity'] } }],
    ['not_made', { status: 'failed', fault: { exception: 'NetworkError' } }],
  ] as const)('sends nothing that an undo has taken back: %s', async (found, expected) => {
    const earlier = { ...left('DisassociateOpportunity', 'in_doubt'), undone: undone(found) };
    const { outcome, asked } = await settle(REMOVE, { replies: [] }, earlier);
    expect(outcome).toMatchObject(expected);
    expect(asked).toEqual([]);
  });

  it('sends nothing of a replacement that an undo has taken back', async () => {
    const earlier = { ...left('AssociateOpportunity', 'succeeded'), undone: undone('made') };
    const { outcome, asked } = await settle(REPLACE, { replies: [] }, earlier);
    expect(outcome).toMatchObject({ status: 'failed', fault: { exception: 'ReplacementGone' } });
    expect(asked).toEqual([]);
  });

  it('does not claim the first of the two where that had been needless', async () => {
    const { outcome } = await settle(
      REPLACE,
      { replies: ['ok'] },
      left('DisassociateOpportunity', 'not_done', []),
    );
    expect(outcome).toMatchObject({ status: 'replaced', calls: { made: ['DisassociateOpportunity'] } });
  });
});
