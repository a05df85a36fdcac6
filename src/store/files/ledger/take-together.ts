import type { CallTimes } from '../../../model/quota/earliest-start.ts';
import type { AccountQuota, DayLimit, QuotaWait } from '../../account-quota.ts';
import { quotaWait } from '../../quota-wait.ts';
import type { FileLedger } from './file-ledger.ts';

interface Asked {
  readonly day: DayLimit;
  readonly resolve: (answer: 'taken' | QuotaWait) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Counts writes in a ledger, those that are asked for within one turn of the event loop by one look at its file and one write to
 * it: beside a journal that is being flushed each write costs more than all else that a claim does.
 */
export function takeTogether(ledger: FileLedger): AccountQuota['takeWrite'] {
  let asked: Asked[] = [];
  const takeAll = (): void => {
    const all = asked;
    asked = [];
    try {
      const answers = takeEach(ledger, all);
      for (const [place, { resolve }] of all.entries()) resolve(answers[place] ?? 'taken');
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  };
  return (day) =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) setImmediate(takeAll);
      asked.push({ day, resolve, reject });
    });
}

/** Answers in their order, once those that are taken are noted. */
function takeEach(ledger: FileLedger, all: readonly Asked[]): readonly ('taken' | QuotaWait)[] {
  const nowMs = ledger.nowMs();
  let taken = 0;
  const answers = all.map(({ day: callsPerDay }) => {
    const times = withMore(ledger.times, taken, nowMs);
    const wait = quotaWait(times, nowMs, { callsPerSecond: 'unlimited', callsPerDay });
    if (wait === undefined) taken += 1;
    return wait ?? 'taken';
  });
  if (taken > 0) ledger.record(taken);
  return answers;
}

/** Those times, and so many more at `nowMs`. */
function withMore(times: CallTimes, more: number, nowMs: number): CallTimes {
  const length = times.length + more;
  return {
    length,
    at: (index) => {
      const position = index < 0 ? length + index : index;
      if (position < 0 || position >= length) return undefined;
      return position < times.length ? times.at(position) : nowMs;
    },
  };
}
