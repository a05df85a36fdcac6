import { describe, expect, it } from 'vitest';
import { stoppedBySignal } from '../../src/calls/stop/stop-reasons.ts';
import type { Hold, WriteAnswer } from '../../src/model/call.ts';
import { RunError } from '../../src/model/run-error.ts';
import { fault, target } from '../results/samples.ts';
import type { PartnerCentral } from '../../src/partner-central/connect.ts';
import { readOpportunity } from '../../src/calls/read-opportunity.ts';
import { memoryJournal, setRowsStage, validRows, type MemoryJournal } from '../run/rows/rows-stage.ts';
import { settleDown } from '../run/settle-down.ts';

/** The exceptions of the answers that were noted, `ok` for none; one is noted for each try. */
function answersIn({ entries }: MemoryJournal): readonly string[] {
  return entries.flatMap((entry) => (entry.t === 'answer' ? [entry.fault?.exception ?? 'ok'] : []));
}

describe('a write that is stopped', () => {
  it('was not sent where it stopped between its note and its call', async () => {
    const journal = memoryJournal('try');
    await using stage = await setRowsStage({ rows: 1, journal });
    const running = stage.run(validRows(1));
    await settleDown();
    stage.context.stopSwitch.stop(stoppedBySignal('SIGINT'));
    journal.letThrough();
    expect((await running).stopped).toBe('interrupted');
    expect([answersIn(journal), stage.service.writes()]).toEqual([['NotSent'], []]);
  });

  it('was not sent where the signal ended it before it left the machine', async () => {
    const journal = memoryJournal();
    await using stage = await setRowsStage({
      rows: 1,
      journal,
      write: (_write, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    const running = stage.run(validRows(1));
    await settleDown();
    stage.context.stopSwitch.stop(stoppedBySignal('SIGINT'));
    expect((await running).stopped).toBe('interrupted');
    expect(answersIn(journal)).toEqual(['NotSent']);
  });

  it('keeps the answer that it had, where it is held for a denial that may be everybody’s', async () => {
    const journal = memoryJournal();
    const denied: WriteAnswer = { ok: false, fault: fault('denied', { exception: 'AccessDeniedException' }) };
    await using stage = await setRowsStage({ rows: 1, journal, slots: 1, write: async () => denied });
    expect((await stage.run(validRows(1))).stopped).toBe('access_denied');
    expect(answersIn(journal)).toEqual(['AccessDeniedException']);
  });
});

describe('a write that was noted while another process may have taken the run over', () => {
  /** On from the first note; its end is the test's. */
  const heldFromNote = (over: Hold['over']): { journal: MemoryJournal; turnOff: () => void } => {
    const base = memoryJournal();
    let on = false;
    const claim: MemoryJournal['claim'] = (note) => {
      on = true;
      return base.claim(note);
    };
    return { journal: { ...base, claim, hold: { isOn: () => on, over } }, turnOff: () => (on = false) };
  };

  it('does not leave where that is so', async () => {
    const takenOver = new RunError('run_taken_over', 'The run was taken over.');
    const { journal } = heldFromNote(() => Promise.reject(takenOver));
    await using stage = await setRowsStage({ rows: 1, journal });
    expect((await stage.run(validRows(1))).stopped).toBe('run_taken_over');
    expect(journal.entries.map(({ t }) => t)).toContain('try');
    expect(stage.service.writes()).toEqual([]);
  });

  it('leaves once where it is not', async () => {
    const held = heldFromNote(async () => held.turnOff());
    await using stage = await setRowsStage({ rows: 1, journal: held.journal });
    expect((await stage.run(validRows(1))).stopped).toBeUndefined();
    expect([answersIn(held.journal), stage.service.writes().length]).toEqual([['ok'], 1]);
  });
});

describe('a look while another process may have taken the run over', () => {
  it('does not leave either', async () => {
    await using stage = await setRowsStage({ rows: 1 });
    const takenOver = new RunError('run_taken_over', 'The run was taken over.');
    const hold: Hold = { isOn: () => true, over: () => Promise.reject(takenOver) };
    let asked = 0;
    const partnerCentral: PartnerCentral = {
      ...stage.context.partnerCentral,
      readOpportunity: async (...one) => {
        asked += 1;
        return stage.context.partnerCentral.readOpportunity(...one);
      },
    };
    const { opportunityId } = target(0);
    await expect(readOpportunity({ ...stage.context, partnerCentral, hold }, opportunityId)).rejects.toBe(
      takenOver,
    );
    expect(asked).toBe(0);
    await readOpportunity({ ...stage.context, partnerCentral }, opportunityId);
    expect(asked).toBe(1);
  });
});
