import type { RowStatus } from '../outcome.ts';

/** The end of a row that has the status, in a few words. */
export const STATUS_MEANINGS: Readonly<Record<RowStatus, string>> = {
  disassociated: 'removed',
  associated: 'attached',
  replaced: 'one was removed, and another attached in its place',
  already_absent: 'was not associated: nothing to remove',
  already_present: 'was associated already: nothing to attach',
  would_disassociate: 'would be removed',
  would_associate: 'would be attached',
  would_replace: 'would be replaced',
  duplicate: 'same as an earlier row: not sent twice',
  skipped: 'left out, as asked for',
  invalid: 'failed validation: nothing was sent',
  failed: 'refused or given up: not done',
  unknown: 'may or may not have been done: look before you act',
};
