import { describe, expect, it } from 'vitest';
import { fault } from '../results/samples.ts';
import { leftAt, looks, REPLACE, settle } from './settle-stage.ts';

const REMOVE = 'DisassociateOpportunity';
const ATTACH = 'AssociateOpportunity';
const DETACHED = 'new Disassociate to detach';
const ATTACHED = 'retry Associate to attach';
const RESTORED = 'retry Associate to restore';
const REFUSAL = fault('refused', { exception: 'ValidationException', message: 'It is a draft.' });
const REFUSED = { answer: { ok: false, fault: REFUSAL } } as const;
const BACK = 'S-0000001 was detached for it and is attached again: the opportunity is as it was.';

/** A look that shows no place, and then that each call may go. */
function noPlace(): ReturnType<typeof looks> {
  return looks('detach_first', 'go', 'go', 'go');
}

describe('detachFirst', () => {
  it('detaches the old one, attaches the new one, and records both in this order', async () => {
    const { outcome, asked } = await settle(REPLACE, { replies: ['ok', 'ok'], ...noPlace() });
    expect(asked).toEqual([DETACHED, ATTACHED]);
    expect(outcome).toEqual({
      status: 'replaced',
      confirmedBy: 'answer',
      calls: { attempts: 2, requestIds: [], made: [REMOVE, ATTACH] },
    });
  });

  it('attaches the old one again where the new one is refused: nothing is left to undo', async () => {
    const { outcome, asked } = await settle(REPLACE, {
      replies: ['ok', REFUSED, 'ok'],
      sightings: ['not_made'],
      ...noPlace(),
    });
    expect(asked).toEqual([DETACHED, ATTACHED, 'look Associate', RESTORED]);
    expect(outcome).toEqual({
      status: 'failed',
      fault: { ...REFUSAL, message: `It is a draft.\n${BACK}` },
      calls: { attempts: 3, requestIds: [] },
      write: { operation: ATTACH, opportunitySeen: true },
    });
  });

  it('is ReplacementLost where the old one could not come back, and keeps the removal alone', async () => {
    const { outcome } = await settle(REPLACE, {
      replies: ['ok', REFUSED, 'refused'],
      sightings: ['not_made', 'not_made'],
      ...noPlace(),
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      fault: {
        kind: 'refused',
        exception: 'ReplacementLost',
        message:
          'S-0000001 was detached for S-0000099, which was not attached (ValidationException: It is a draft.), and S-0000001 could not be attached again (AnyException: Any message.): the opportunity has neither.',
      },
      calls: { made: [REMOVE] },
    });
  });

  it('changes nothing more where the old one is refused', async () => {
    const { outcome, asked } = await settle(REPLACE, {
      replies: ['refused'],
      sightings: ['not_made'],
      ...noPlace(),
    });
    expect(asked).toEqual([DETACHED, 'look Disassociate']);
    expect(outcome).toMatchObject({
      status: 'failed',
      fault: { message: 'Any message.\nNothing was changed.' },
      write: { operation: REMOVE },
    });
    expect(outcome).not.toHaveProperty('calls.made');
  });

  it.each([
    [['timeout'], [], 'Whether S-0000001 was detached is not known; S-0000099 was not attached.'],
    [
      ['ok', 'timeout'],
      [REMOVE],
      'S-0000001 was detached for it; whether S-0000099 was attached is not known.',
    ],
    [['ok', REFUSED, 'timeout'], [REMOVE], 'whether S-0000001 is attached again is not known.'],
  ] as const)('is unknown where an answer is lost and no read tells', async (replies, made, words) => {
    const sightings =
      replies.length === 3 ? (['not_made', 'unreadable'] as const) : (['unreadable'] as const);
    const { outcome, asked } = await settle(REPLACE, { replies, sightings, ...noPlace() });
    expect(outcome).toMatchObject({ status: 'unknown' });
    expect('fault' in outcome ? outcome.fault.message : '').toContain(words);
    expect('calls' in outcome ? (outcome.calls?.made ?? []) : undefined).toEqual(made);
    expect(asked.at(-1)).toMatch(/^look/);
  });

  it('attaches nothing again that somebody else had taken away', async () => {
    const { outcome, asked } = await settle(REPLACE, {
      replies: ['refused', REFUSED],
      sightings: ['made', 'not_made'],
      ...noPlace(),
    });
    expect(asked).not.toContain(RESTORED);
    expect(outcome).toMatchObject({
      status: 'failed',
      fault: { message: 'It is a draft.\nS-0000001 was gone already; S-0000099 was not attached.' },
    });
  });

  it('attaches the old one again where a look speaks against the new one by then', async () => {
    const { outcome, asked } = await settle(REPLACE, {
      replies: ['ok', 'ok'],
      ...looks('detach_first', 'go', 'refuse', 'go'),
    });
    expect(asked).toEqual([DETACHED, RESTORED]);
    expect(outcome).toMatchObject({ status: 'failed', fault: { exception: 'LastRemainingEntity' } });
  });

  it('attaches the old one again whatever a look says of it', async () => {
    const { asked } = await settle(REPLACE, {
      replies: ['ok', REFUSED, 'ok'],
      sightings: ['not_made'],
      ...looks('detach_first', 'go', 'go', 'refuse'),
    });
    expect(asked.at(-1)).toBe(RESTORED);
  });

  it('waits until reads can’t show the old one as it was, before one tells whether it came back', async () => {
    const { outcome, asked } = await settle(REPLACE, {
      replies: ['ok', REFUSED, 'refused'],
      sightings: ['not_made', 'not_made'],
      readLagMs: 3_000,
      ...noPlace(),
    });
    expect(asked.slice(-2)).toEqual(['wait 3000', 'look Associate']);
    expect(outcome).toMatchObject({ fault: { exception: 'ReplacementLost' } });
  });

  it('settles what an earlier session attached in vain before it turns the order round', async () => {
    const earlier = { ...leftAt({ kind: 'attach' }, 'in_doubt', []), part: undefined };
    const { part: _, ...plain } = earlier;
    const { asked } = await settle(
      REPLACE,
      { replies: ['ok', 'ok'], sightings: ['not_made'], ...noPlace() },
      plain,
    );
    expect(asked).toEqual(['look twice Associate', DETACHED, ATTACHED]);
  });
});

describe('detachFirst, of an earlier session', () => {
  const restore = { kind: 'restore', refusal: REFUSAL } as const;

  it.each([
    [
      'the first call was in doubt, and a look shows it made',
      leftAt({ kind: 'detach' }, 'in_doubt'),
      ['needless', 'go'],
      [ATTACHED],
    ],
    ['the first call was made', leftAt({ kind: 'detach' }, 'succeeded'), ['go'], [ATTACHED]],
    ['the second call was refused or never left', leftAt({ kind: 'attach' }, 'not_done'), ['go'], [ATTACHED]],
    [
      'the second call was in doubt, and a look shows it made',
      leftAt({ kind: 'attach' }, 'in_doubt'),
      ['needless'],
      [],
    ],
    ['the second call was made', leftAt({ kind: 'attach' }, 'succeeded'), [], []],
  ] as const)('goes on where %s', async (_, earlier, kinds, expected) => {
    const { outcome, asked } = await settle(
      REPLACE,
      { replies: expected.map(() => 'ok' as const), ...looks(...kinds) },
      earlier,
    );
    expect(asked).toEqual(expected);
    expect(outcome).toMatchObject({ status: 'replaced', calls: { made: [REMOVE, ATTACH] } });
  });

  it.each([
    ['was never sent again', 'not_done', [], [RESTORED]],
    ['is in doubt, and not there', 'in_doubt', ['not_made'], ['look Associate', RESTORED]],
    ['is in doubt, and there', 'in_doubt', ['made'], ['look Associate']],
    ['was attached again', 'succeeded', [], []],
  ] as const)(
    'tells why the new one was refused, where the old one %s',
    async (_, standing, sightings, expected) => {
      const { outcome, asked } = await settle(
        REPLACE,
        { replies: expected.includes(RESTORED as never) ? ['ok'] : [], sightings, ...looks('go') },
        leftAt(restore, standing),
      );
      expect(asked).toEqual(expected);
      expect(outcome).toMatchObject({
        status: 'failed',
        fault: { exception: 'ValidationException', message: `It is a draft.\n${BACK}` },
      });
      expect(outcome).not.toHaveProperty('calls.made');
    },
  );

  it('decides anew where the old one is known to be there still', async () => {
    const { outcome, asked } = await settle(
      REPLACE,
      { replies: ['ok', 'ok'], ...looks('go', 'go') },
      leftAt({ kind: 'detach' }, 'not_done'),
    );
    expect(asked).toEqual(['new Associate', 'new Disassociate']);
    expect(outcome).toMatchObject({ status: 'replaced', calls: { made: [ATTACH, REMOVE] } });
  });
});
