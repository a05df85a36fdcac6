import { describe, expect, it } from 'vitest';
import type { OpportunitySnapshot, ReadAnswer } from '../../../src/model/call.ts';
import type { OpportunityId } from '../../../src/model/entity.ts';
import type { Fault, FaultKind } from '../../../src/model/fault.ts';
import { createPreflight, type Clearance, type Preflight } from '../../../src/calls/look/preflight.ts';
import { createDeferred, type Deferred } from '../../pace/deferred.ts';
import { fault } from '../../results/samples.ts';
import { associate, disassociate, NO_OPTIONS, solutions } from './writes.ts';

const ALONE = { before: [], after: [] };
const first = disassociate('O1', 'Solutions', 'S-0000001');
const second = disassociate('O1', 'Solutions', 'S-0000002');
const other = disassociate('O2', 'Solutions', 'S-0000009');
const UNKNOWN = fault('refused', { exception: 'ResourceNotFoundException' });

/** A preflight whose reads the test answers one by one, at a time of its own. */
class Bench {
  readonly asked: OpportunityId[] = [];
  readonly switchedOff: Fault[] = [];
  nowMs = 0;
  readonly preflight: Preflight;
  readonly #open: Deferred<() => ReadAnswer>[] = [];

  constructor(protectLast = false) {
    this.preflight = createPreflight({
      read: async (id) => {
        this.asked.push(id);
        const answer = createDeferred<() => ReadAnswer>();
        this.#open.push(answer);
        return (await answer.promise)();
      },
      monotonicMs: () => this.nowMs,
      ...NO_OPTIONS,
      protectLast,
      switchedOff: (refused) => this.switchedOff.push(refused),
    });
  }

  /** Answers the oldest read that is open. */
  holds(opportunity: OpportunitySnapshot): void {
    this.#open.shift()?.resolve(() => ({ ok: true, opportunity }));
  }

  fails(refused: Fault): void {
    this.#open.shift()?.resolve(() => ({ ok: false, fault: refused }));
  }

  breaks(error: Error): void {
    this.#open.shift()?.resolve(() => {
      throw error;
    });
  }
}

function went(clearance: Clearance): Extract<Clearance, { kind: 'go' }> {
  if (clearance.kind !== 'go') throw new Error(`It did not go: ${clearance.kind}.`);
  return clearance;
}

describe('createPreflight', () => {
  it('asks once for an opportunity, however many of its rows ask at once or later', async () => {
    const bench = new Bench();
    const both = Promise.all([bench.preflight.clear(first, ALONE), bench.preflight.clear(second, ALONE)]);
    bench.holds(solutions('S-0000001'));
    expect((await both).map(({ kind }) => kind)).toEqual(['go', 'needless']);
    expect((await bench.preflight.clear(second, ALONE)).kind).toBe('needless');
    expect(bench.asked).toEqual(['O1']);
    expect(bench.preflight.counts()).toEqual({ reads: 1, rereads: 0 });
  });

  it('tells of a removal by a last segment alone under which whole ARN that is held', async () => {
    const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-a';
    const removes = async (written: string, held: string): Promise<string | undefined> => {
      const bench = new Bench();
      const clearing = bench.preflight.clear(disassociate('O1', 'AwsMarketplaceOffers', written), ALONE);
      bench.holds({ entities: { AwsMarketplaceOffers: [held] } });
      return went(await clearing).removes;
    };
    expect(await removes('offer-a', arn)).toBe(arn);
    expect(await removes(arn, arn)).toBeUndefined();
    expect(await removes('offer-a', 'offer-a')).toBeUndefined();
    expect(await removes(arn, 'offer-a')).toBeUndefined();
  });

  it('knows what its own writes have changed', async () => {
    const bench = new Bench();
    const clearing = bench.preflight.clear(first, ALONE);
    bench.holds(solutions('S-0000001', 'S-0000002'));
    went(await clearing).ended(true);
    expect((await bench.preflight.clear(first, ALONE)).kind).toBe('needless');
    expect(went(await bench.preflight.clear(second, ALONE)).notes).toEqual(['last_solution']);
    expect(bench.asked).toEqual(['O1']);
  });

  it('keeps what it knows where a write was not made, and reads anew where nobody knows', async () => {
    const bench = new Bench();
    const clearing = bench.preflight.clear(first, ALONE);
    bench.holds(solutions('S-0000001'));
    const clearance = went(await clearing);
    clearance.ended(false);
    expect((await bench.preflight.clear(first, ALONE)).kind).toBe('go');
    clearance.ended(undefined);
    const again = bench.preflight.clear(first, ALONE);
    bench.holds(solutions());
    expect((await again).kind).toBe('needless');
    expect(bench.asked).toEqual(['O1', 'O1']);
  });

  it('reads again what was read more than ten minutes ago, once for all who ask', async () => {
    const bench = new Bench();
    const clearing = bench.preflight.clear(first, ALONE);
    bench.holds(solutions('S-0000001'));
    await clearing;
    bench.nowMs = 10 * 60_000 + 1;
    const both = Promise.all([bench.preflight.clear(first, ALONE), bench.preflight.clear(second, ALONE)]);
    bench.holds(solutions('S-0000002'));
    expect((await both).map(({ kind }) => kind)).toEqual(['needless', 'go']);
    expect(bench.asked).toEqual(['O1', 'O1']);
    expect(bench.preflight.counts()).toEqual({ reads: 2, rereads: 1 });
  });

  it('remembers the newest 4,096 opportunities, and counts those it has to read again', async () => {
    const bench = new Bench();
    for (let number = 1; number <= 4_097; number += 1) {
      const clearing = bench.preflight.clear(disassociate(`O${number}`, 'Solutions', 'S-0000001'), ALONE);
      bench.holds(solutions('S-0000001'));
      await clearing;
    }
    await bench.preflight.clear(disassociate('O2', 'Solutions', 'S-0000001'), ALONE);
    expect(bench.preflight.counts()).toEqual({ reads: 4_097, rereads: 0 });
    const forgotten = bench.preflight.clear(first, ALONE);
    bench.holds(solutions('S-0000001'));
    await forgotten;
    expect(bench.preflight.counts()).toEqual({ reads: 4_098, rereads: 1 });
  });

  it('refuses every row of an unknown opportunity after one read', async () => {
    const bench = new Bench();
    const clearing = bench.preflight.clear(first, ALONE);
    bench.fails(UNKNOWN);
    expect(await clearing).toEqual({ kind: 'refuse', fault: UNKNOWN });
    expect(await bench.preflight.clear(second, ALONE)).toEqual({ kind: 'refuse', fault: UNKNOWN });
    expect(bench.asked).toEqual(['O1']);
  });

  it.each<FaultKind>(['throttled', 'server', 'timeout', 'broken', 'malformed'])(
    'lets a row go unread after a read that ended in %s, and asks anew for the next',
    async (kind) => {
      const bench = new Bench();
      const clearing = bench.preflight.clear(first, ALONE);
      bench.fails(fault(kind));
      expect(went(await clearing).notes).toEqual(['unread']);
      const next = bench.preflight.clear(second, ALONE);
      bench.holds(solutions());
      expect((await next).kind).toBe('needless');
      expect(bench.switchedOff).toEqual([]);
    },
  );

  it('rejects with what stops the run, and an earlier row of that opportunity may still end', async () => {
    const bench = new Bench();
    const clearing = bench.preflight.clear(first, ALONE);
    bench.holds(solutions('S-0000001'));
    const clearance = went(await clearing);
    bench.nowMs = 10 * 60_000 + 1;
    const reading = bench.preflight.clear(second, ALONE);
    bench.breaks(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    expect(() => clearance.ended(true)).not.toThrow();
  });

  describe('where reading is denied', () => {
    const denied = fault('denied');

    it('goes off for good where nothing else was ever read, and says so once', async () => {
      const bench = new Bench();
      const both = Promise.all([bench.preflight.clear(first, ALONE), bench.preflight.clear(other, ALONE)]);
      bench.fails(denied);
      bench.fails(denied);
      expect((await both).map((clearance) => went(clearance).notes)).toEqual([['unread'], ['unread']]);
      expect(went(await bench.preflight.clear(second, ALONE)).notes).toEqual(['unread']);
      expect(bench.asked).toEqual(['O1', 'O2']);
      expect(bench.switchedOff).toEqual([denied]);
    });

    it('takes it for the one row’s own where another read under way succeeds', async () => {
      const bench = new Bench();
      const both = Promise.all([bench.preflight.clear(first, ALONE), bench.preflight.clear(other, ALONE)]);
      bench.fails(denied);
      bench.holds(solutions('S-0000009'));
      expect((await both).map((clearance) => went(clearance).notes)).toEqual([['unread'], ['last_solution']]);
      expect(bench.switchedOff).toEqual([]);
    });

    it('takes a plain refusal for a sign that reading is permitted', async () => {
      const bench = new Bench();
      const both = Promise.all([bench.preflight.clear(first, ALONE), bench.preflight.clear(other, ALONE)]);
      bench.fails(denied);
      bench.fails(UNKNOWN);
      expect((await both).map(({ kind }) => kind)).toEqual(['go', 'refuse']);
      expect(bench.switchedOff).toEqual([]);
    });

    it('stays on where something was read before', async () => {
      const bench = new Bench();
      const clearing = bench.preflight.clear(other, ALONE);
      bench.holds(solutions('S-0000009'));
      await clearing;
      const next = bench.preflight.clear(first, ALONE);
      bench.fails(denied);
      expect(went(await next).notes).toEqual(['unread']);
      expect(bench.switchedOff).toEqual([]);
    });
  });

  describe('where the last one is protected', () => {
    it('refuses it, and refuses what can’t be read', async () => {
      const bench = new Bench(true);
      const clearing = bench.preflight.clear(first, ALONE);
      bench.holds(solutions('S-0000001'));
      expect(await clearing).toMatchObject({ kind: 'refuse', fault: { exception: 'LastRemainingEntity' } });
      const unread = bench.preflight.clear(other, ALONE);
      bench.fails(fault('server'));
      expect(await unread).toEqual({ kind: 'refuse', fault: fault('server') });
    });

    it('lets it go where a replacement has been attached', async () => {
      const bench = new Bench(true);
      const clearing = bench.preflight.clear(associate('O1', 'Solutions', 'S-0000002'), {
        before: [],
        after: [],
      });
      bench.holds(solutions('S-0000001'));
      went(await clearing).ended(true);
      expect((await bench.preflight.clear(first, { before: [], after: [] })).kind).toBe('go');
    });
  });
});
