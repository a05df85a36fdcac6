import type { ChangesAtMost } from '../../run/request/survey-input.ts';
import { counted } from './amounts.ts';

/** The question before a run on live data: how much harm it can do, and to whom; `undefined` for an account not known. */
export function harmQuestion(changes: ChangesAtMost, account: string | undefined): string {
  const { removals, attachments } = changes;
  const opportunities = counted(changes.opportunities, 'opportunity');
  const whose = account === undefined ? 'the account of these credentials' : `account ${account}`;
  const removed = counted(removals, 'association');
  const attached = counted(attachments, 'association');
  if (attachments === 0) return `Remove up to ${removed} from ${opportunities} of ${whose}?`;
  if (removals === 0) return `Add up to ${attached} to ${opportunities} of ${whose}?`;
  return `Remove up to ${removed} from, and add up to ${attached} to, ${opportunities} of ${whose}?`;
}
