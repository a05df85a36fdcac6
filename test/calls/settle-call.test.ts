import { describe, expect, it } from 'vitest';
import type { WriteAnswer } from '../../src/model/call.ts';
import { LOST_ANSWER, settleCall, type CallResult } from '../../src/calls/settle-call.ts';
import { writesFor } from '../../src/model/operation.ts';
import { fault, target } from '../results/samples.ts';
import { scriptedPorts, type Script } from '../run/fake-ports.ts';

const [WRITE] = writesFor('disassociate', target(1));

/** What became of the call, and all that was asked on the way. */
async function settle(
  script: Script,
  doubt?: typeof LOST_ANSWER,
): Promise<{ result: CallResult; asked: readonly string[] }> {
  const ports = scriptedPorts(script);
  return { result: await settleCall(WRITE, doubt, ports), asked: ports.asked };
}

const page: WriteAnswer = { ok: false, fault: fault('server', { exception: 'MalformedResponse' }) };
const MADE_BY_ANSWER = { kind: 'made', confirmedBy: 'answer' };
const MADE_BY_READ = { kind: 'made', confirmedBy: 'read' };

describe('settleCall', () => {
  it('believes the service that says so, and asks nothing else', async () => {
    const { result, asked } = await settle({ replies: ['ok'] });
    expect(result).toEqual(MADE_BY_ANSWER);
    expect(asked).toEqual(['new Disassociate']);
  });

  it('tries a throttled call again, after waits that double, and lets others go first: they tell whose lot it is', async () => {
    const { result, asked } = await settle({ replies: ['throttled', 'throttled', 'ok'] });
    expect(result).toEqual(MADE_BY_ANSWER);
    expect(asked).toEqual([
      'new Disassociate',
      'wait 50',
      'new Disassociate',
      'wait 100',
      'new Disassociate',
    ]);
  });

  it('fails where every attempt was throttled, and needs no read for it', async () => {
    const { result, asked } = await settle({ replies: ['throttled', 'throttled', 'throttled'] });
    expect(result).toEqual({ kind: 'failed', fault: fault('throttled') });
    expect(asked.filter((what) => what.startsWith('look'))).toEqual([]);
  });

  it('does not count a fault that every row would have met', async () => {
    const excused = { excused: 'unreachable' } as const;
    const { result } = await settle({
      replies: [excused, excused, excused, excused, excused, 'throttled', 'throttled', 'ok'],
    });
    expect(result).toEqual(MADE_BY_ANSWER);
  });

  it('tries again whatever every row would have met, with a single attempt allowed', async () => {
    const { result } = await settle({
      replies: [{ excused: 'denied' }, { excused: 'throttled' }, 'ok'],
      maxAttempts: 1,
    });
    expect(result).toEqual(MADE_BY_ANSWER);
  });

  it('tries other faults again ahead of new rows', async () => {
    const { asked } = await settle({ replies: ['unreachable', 'throttled', 'ok'] });
    expect(asked.filter((what) => what.endsWith('Disassociate'))).toEqual([
      'new Disassociate',
      'retry Disassociate',
      'new Disassociate',
    ]);
  });

  it('fails a refused call as a near miss where a read shows what was probably meant', async () => {
    const nearMiss = fault('refused', { exception: 'NearMiss' });
    const { result } = await settle({ replies: ['refused'], sightings: [{ nearMiss }] });
    expect(result).toEqual({ kind: 'failed', fault: nearMiss });
  });

  it('believes the removal whose answer was lost, whatever else is held', async () => {
    const nearMiss = fault('refused', { exception: 'NearMiss' });
    const { result } = await settle({ replies: ['timeout'], sightings: [{ nearMiss }] });
    expect(result).toEqual(MADE_BY_READ);
  });

  describe('after an answer that leaves the change possible', () => {
    it.each(['timeout', 'broken', 'malformed'] as const)('reads before it tries again (%s)', async (kind) => {
      const { result, asked } = await settle({ replies: [kind], sightings: ['made'] });
      expect(result).toEqual(MADE_BY_READ);
      expect(asked).toEqual(['new Disassociate', 'wait 50', 'look twice Disassociate']);
    });

    it('tries again where the read shows that it was not made', async () => {
      const { result, asked } = await settle({ replies: ['timeout', 'ok'], sightings: ['not_made'] });
      expect(result).toEqual(MADE_BY_ANSWER);
      expect(asked.slice(2)).toEqual(['look twice Disassociate', 'retry Disassociate']);
    });

    it('is unknown where the read does not tell', async () => {
      const { result } = await settle({ replies: ['timeout'], sightings: ['unreadable'] });
      expect(result).toEqual({ kind: 'unknown', fault: fault('timeout') });
    });

    it('tries a 5xx again without a read, which is an answer', async () => {
      const { result, asked } = await settle({ replies: ['server', 'ok'] });
      expect(result).toEqual(MADE_BY_ANSWER);
      expect(asked).toEqual(['new Disassociate', 'wait 50', 'retry Disassociate']);
    });

    it.each([
      ['a page in the service’s place', { answer: page }],
      ['one in an outage', { excused: 'server' }],
    ] as const)('reads first where the 5xx may not be the service’s own: %s', async (_, reply) => {
      const { result, asked } = await settle({ replies: [reply], sightings: ['made'] });
      expect(result).toEqual(MADE_BY_READ);
      expect(asked.slice(2)).toEqual(['look twice Disassociate']);
    });

    it('takes a refusal for the trace of its own change only if a read shows it made', async () => {
      const gone = await settle({ replies: ['server', 'refused'], sightings: ['made'] });
      expect(gone.result).toEqual(MADE_BY_READ);
      const there = await settle({ replies: ['server', 'refused'], sightings: ['not_made'] });
      expect(there.result).toEqual({ kind: 'failed', fault: fault('refused') });
      const unread = await settle({ replies: ['server', 'refused'], sightings: ['unreadable'] });
      expect(unread.result).toEqual({ kind: 'unknown', fault: fault('server') });
    });

    it('keeps the doubt through faults that exclude the change', async () => {
      const { result } = await settle({
        replies: ['server', 'throttled', 'denied'],
        sightings: ['made'],
      });
      expect(result).toEqual(MADE_BY_READ);
    });

    it.each([
      ['made', MADE_BY_READ],
      ['not_made', { kind: 'failed', fault: fault('server') }],
      ['unreadable', { kind: 'unknown', fault: fault('server') }],
    ] as const)('reads when the attempts are spent: %s', async (sighting, expected) => {
      const { result, asked } = await settle({
        replies: ['server', 'server', 'server'],
        sightings: [sighting],
      });
      expect(result).toEqual(expected);
      expect(asked.at(-1)).toBe('look twice Disassociate');
    });
  });

  describe('refused without any doubt', () => {
    it.each([
      ['made', { kind: 'needless' }],
      ['not_made', { kind: 'failed', fault: fault('refused') }],
      ['unreadable', { kind: 'failed', fault: fault('refused') }],
    ] as const)('is as a read shows: %s', async (sighting, expected) => {
      const { result, asked } = await settle({ replies: ['refused'], sightings: [sighting] });
      expect(result).toEqual(expected);
      expect(asked).toEqual(['new Disassociate', 'look Disassociate']);
    });

    it('fails where access is denied, and asks nothing more', async () => {
      const { result, asked } = await settle({ replies: ['denied'] });
      expect(result).toEqual({ kind: 'failed', fault: fault('denied') });
      expect(asked).toEqual(['new Disassociate']);
    });
  });

  describe('with the doubt of an earlier session', () => {
    it.each([
      ['made', MADE_BY_READ],
      ['unreadable', { kind: 'unknown', fault: LOST_ANSWER }],
    ] as const)('sends nothing where a read settles it: %s', async (sighting, expected) => {
      const { result, asked } = await settle({ replies: [], sightings: [sighting] }, LOST_ANSWER);
      expect(result).toEqual(expected);
      expect(asked).toEqual(['look twice Disassociate']);
    });

    it('sends it where reads show that it was not made', async () => {
      const { result, asked } = await settle({ replies: ['ok'], sightings: ['not_made'] }, LOST_ANSWER);
      expect(result).toEqual(MADE_BY_ANSWER);
      expect(asked).toEqual(['look twice Disassociate', 'new Disassociate']);
    });

    it('takes what is gone by then for its own change', async () => {
      const { result } = await settle({ replies: ['refused'], sightings: ['not_made', 'made'] }, LOST_ANSWER);
      expect(result).toEqual(MADE_BY_READ);
    });
  });
});
