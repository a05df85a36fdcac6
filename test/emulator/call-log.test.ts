import { describe, expect, it } from 'vitest';
import { CallLog } from '../../src/emulator/call-log.ts';

describe('CallLog', () => {
  it('keeps the newest hundred thousand calls in order, and says how many it let go', () => {
    const log = new CallLog(true);
    for (let index = 1; index <= 100_007; index += 1) log.open(`request-${index}`, index, 0);
    const recorded = log.recorded();
    expect(recorded.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 100_000 }, (_, index) => index + 8),
    );
    expect(log.counts()).toMatchObject({ received: 100_007, unrecorded: 7 });
  });

  it('counts without recording where it is told to', () => {
    const log = new CallLog(false);
    const entry = log.open('request', 0, 0);
    entry.operation = 'DisassociateOpportunity';
    entry.admitted = true;
    entry.changed = true;
    log.close(entry);
    expect(log.recorded()).toEqual([]);
    expect(log.counts().operations.DisassociateOpportunity).toEqual({ received: 1, admitted: 1, changed: 1 });
  });
});
