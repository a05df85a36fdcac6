import type { FleetPlace } from '../../fleet/fleet-options.ts';
import type { ChangesAtMost } from '../../run/request/changes-at-most.ts';
import { REPLACEMENT_LOST } from '../../model/fault.ts';
import type { HalfReplaced } from '../../run/record/half-replaced.ts';
import type { Tally } from '../../model/tally.ts';
import type { RunDigest } from '../../run/run-digest.ts';
import type { RunPlaces } from '../../store/run-store.ts';
import { count, counted } from './amounts.ts';

/** The question before a run on live data: how much harm it can do, and to whom; `undefined` for an account not known. */
export function harmQuestion(changes: ChangesAtMost, account: string | undefined, undoes?: string): string {
  const whose = account === undefined ? 'the account of these credentials' : `account ${account}`;
  return changesQuestion(changes, undoes === undefined ? whose : `${whose}, to undo ${undoes}`);
}

/** The same of all accounts of a fleet. */
export function fleetQuestion(changes: ChangesAtMost, accounts: number, place: FleetPlace): string {
  return changesQuestion(changes, `${counted(accounts, 'account')}${atEndpoint(place)}`);
}

/** Behind the catalog, or behind a question: an endpoint that is not AWS's own is named. Empty where it is. */
export function atEndpoint({ endpoint, awsOwn }: FleetPlace): string {
  return awsOwn === true ? '' : `, at ${endpoint ?? 'the endpoint of each worker’s own settings'}`;
}

function changesQuestion(changes: ChangesAtMost, whose: string): string {
  const { removals, attachments } = changes;
  const opportunities =
    changes.opportunities === undefined ? 'opportunities' : counted(changes.opportunities, 'opportunity');
  const removed = counted(removals, 'association');
  const attached = counted(attachments, 'association');
  if (attachments === 0) return `Remove up to ${removed} from ${opportunities} of ${whose}?`;
  if (removals === 0) return `Add up to ${attached} to ${opportunities} of ${whose}?`;
  return `Remove up to ${removed} from, and add up to ${attached} to, ${opportunities} of ${whose}?`;
}

/** Opportunities that a run left with neither the old entity nor its replacement: told before all else. */
export function harmDone(
  { lost }: Pick<RunDigest, 'lost'>,
  { byException }: Tally,
  { results }: RunPlaces,
): string[] {
  const rows = byException[REPLACEMENT_LOST] ?? 0;
  if (rows === 0) return [];
  const named = lost.map(({ row, opportunityId }) => `${opportunityId} (row ${count(row)})`).join(', ');
  const more = rows > lost.length ? ` and ${count(rows - lost.length)} more` : '';
  return [
    `${counted(rows, 'replacement')} lost (${REPLACEMENT_LOST}): the old one was detached, the new one refused, and the old one could not come back.`,
    `  Neither is associated with ${named}${more}. "message" says why; to attach the old ones again, undo ${results}.`,
  ];
}

/** Rows that are named; more are counted. */
const HALVES_NAMED = 10;

/** Rows that a stop left between the calls of a replacement, the worse ones first: going on finishes them. */
export function halfReplacedLines(rows: readonly HalfReplaced[]): string[] {
  return (['neither', 'both'] as const).flatMap((holds) =>
    halvesLine(
      rows.filter((row) => row.holds === holds),
      HALF_WORDS[holds],
    ),
  );
}

const HALF_WORDS: Readonly<Record<HalfReplaced['holds'], (is: string) => string>> = {
  neither: (is) => `the old entity ${is} detached and the new one not attached yet`,
  both: (is) => `the new entity ${is} attached and the old one not removed yet`,
};

function halvesLine(rows: readonly HalfReplaced[], words: (is: string) => string): string[] {
  if (rows.length === 0) return [];
  const [{ holds } = { holds: 'both' }] = rows;
  // Of both it is the old one of which it may not be known, and that is told as it was left.
  const is = holds === 'both' || rows.every(({ known }) => known) ? 'is' : 'is, or may be,';
  const named = rows.slice(0, HALVES_NAMED).map(({ row, key }) => `row ${count(row)} (${key})`);
  const more = rows.length > HALVES_NAMED ? ` and ${count(rows.length - HALVES_NAMED)} more` : '';
  return [
    `Half done: ${words(is)} at ${named.join(', ')}${more}. Going on finishes ${rows.length === 1 ? 'it' : 'them'}.`,
  ];
}
