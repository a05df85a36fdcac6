import type { WorkAhead } from '../../../run/job-context.ts';
import { changesOf, writesOf } from '../../../run/request/changes-at-most.ts';
import type { RunRequest } from '../../../run/request/run-request.ts';
import type { OpenService } from '../../../run/service/open-service.ts';
import { givenTerms } from '../../../store/given-terms.ts';
import { isAwsOwn } from '../../../model/catalog.ts';
import { viewPace } from '../../../pace/pace-view.ts';
import { count, counted, zoned } from '../amounts.ts';
import { harmQuestion } from '../describe-harm.ts';
import { givenWords } from '../describe-sessions.ts';

/** Rows that a run is about to send, of which survey, to which service, and how. */
export interface Ahead {
  readonly work: WorkAhead;
  /** Of the rows left, those that this session sends at most. */
  readonly rows: number;
  readonly service: OpenService;
  readonly request: Pick<RunRequest, 'options' | 'terms' | 'planOnly'>;
  readonly nowMs: number;
}

/** What a run is about to do, a line a fact: whoever reads them later knows whose data it was, and how it went about it. */
export function describeAhead(ahead: Ahead): string {
  const { work, rows, service, request, nowMs } = ahead;
  const { survey } = work;
  const given = [givenWords(request.options), givenWords(givenTerms(request.terms))].filter(
    (words) => words !== '',
  );
  const pace = viewPace(service.writePace, service.writeDay);
  const finishMs = pace.expectedFinishMs(writesOf(rows, survey));
  const sends = !request.planOnly && !isRehearsed(service);
  return [
    `Catalog  ${catalogWords(service)}`,
    ...(isRehearsed(service) ? [] : [`Account  ${accountWords(service)}`]),
    `Rows     ${rowWords(ahead)}`,
    ...(sends ? [`Quota    ${quotaWords(service)}`] : []),
    ...(sends ? [`Finish   ${zoned(finishMs, nowMs)}, if every row needs its write`] : []),
    ...(given.length === 0 ? [] : [`Options  ${given.join(' ')}`]),
    '',
  ].join('\n');
}

/** The same for who isn't asked, with what it does to whom in place of the question; `shown`: in a sentence. */
export function aheadUnasked(ahead: Ahead): { readonly text: string; readonly shown: string } {
  const { work, rows, service } = ahead;
  const { caller, callerRefused, endpoint } = service;
  const [first = '', ...rest] = harmQuestion(changesOf(rows, work.survey), caller?.account).slice(0, -1);
  const changes = first.toLowerCase() + rest.join('');
  const who = caller === null ? refusedWords(callerRefused) : `, as ${caller.arn}`;
  const where = isAwsOwn(new URL(endpoint)) ? '' : `, at ${endpoint}`;
  return {
    text: `${describeAhead(ahead)}To do    ${changes}\n`,
    shown: `To do: ${changes}${who}${where}. Quota: ${quotaWords(service)}.\n`,
  };
}

function isRehearsed({ endpoint }: OpenService): boolean {
  return endpoint === 'emulator';
}

function catalogWords(service: OpenService): string {
  if (isRehearsed(service)) return 'Sandbox, in the embedded emulator: a rehearsal';
  return `${service.catalog}${service.catalog === 'AWS' ? ': live data' : ''}, at ${service.endpoint}`;
}

function accountWords({ caller, callerRefused }: OpenService): string {
  if (caller !== null) return `${caller.account}, as ${caller.arn}`;
  return callerRefused === undefined
    ? 'not known: STS is not asked at this endpoint'
    : `not known: STS refused to tell (${callerRefused})`;
}

function refusedWords(exception: string | undefined): string {
  return exception === undefined ? '' : ` (STS refused to tell whose: ${exception})`;
}

function rowWords({ work: { survey, rowsDone }, rows, request: { planOnly } }: Ahead): string {
  const { tally, rowsToRun } = survey;
  const rowsLeft = rowsToRun - rowsDone;
  const asked = rows < rowsLeft ? `${count(rows)} of ` : '';
  const done = rowsDone === 0 ? '' : `, ${count(rowsDone)} done before`;
  const skipped = tally.skipped > 0 ? `, ${count(tally.skipped)} left out` : '';
  return `${asked}${count(rowsLeft)} to ${planOnly ? 'look at' : 'send'}${done}, ${count(tally.invalid)} invalid, ${count(tally.duplicate)} duplicate${skipped}`;
}

function quotaWords(service: OpenService): string {
  const { leftInDay, usedInDay } = viewPace(service.writePace, service.writeDay).state();
  if (leftInDay === 'unlimited') return 'unlimited';
  return `${counted(leftInDay, 'write')} left of the last 24 hours (${count(usedInDay)} used)`;
}
