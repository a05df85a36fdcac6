import { expect, test } from 'vitest';
import type { InjectedFault } from '../../../src/emulator/faults/fault-kinds.ts';
import type { ScriptedFault } from '../../../src/emulator/faults/fault-plan.ts';
import { column } from '../stage/results-file.ts';
import { accountsOf, servedFor } from '../stage/server-record.ts';
import { setStage } from '../stage/stage.ts';

/** What befalls the second of three rows, and what its line must say. */
interface Case {
  readonly title: string;
  readonly fault: InjectedFault;
  /** Of the row's writes. */
  readonly times: number;
  /** Every read of the row's opportunity meets this. */
  readonly readFault?: InjectedFault;
  readonly status: string;
  readonly exception: string;
  readonly attempts: number;
  readonly message: RegExp;
}

const MAX_ATTEMPTS = 3;
const FOR_GOOD = 100;
const CONFIRMED_BY_READ = /^The answer was lost; confirmed by a read\.$/;
const NOTHING = /^$/;

const DONE = { status: 'disassociated', exception: '' };

const CASES: readonly Case[] = [
  { title: 'throttled twice', fault: 'throttle', times: 2, ...DONE, attempts: 3, message: NOTHING },
  {
    title: 'throttled on every attempt',
    fault: 'throttle',
    times: FOR_GOOD,
    status: 'failed',
    exception: 'ThrottlingException',
    attempts: MAX_ATTEMPTS,
    message: /^Rate exceeded$/,
  },
  { title: '500 twice', fault: 'error', times: 2, ...DONE, attempts: 3, message: NOTHING },
  {
    title: '500 on every attempt',
    fault: 'error',
    times: FOR_GOOD,
    status: 'failed',
    exception: 'InternalServerException',
    attempts: MAX_ATTEMPTS,
    message: /^An internal error occurred/,
  },
  {
    title: '500 although the change was made',
    fault: 'error-after',
    times: 1,
    ...DONE,
    attempts: 2,
    message: CONFIRMED_BY_READ,
  },
  { title: '503 with HTML once', fault: 'unavailable', times: 1, ...DONE, attempts: 2, message: NOTHING },
  {
    title: '503 with HTML on every attempt',
    fault: 'unavailable',
    times: FOR_GOOD,
    status: 'failed',
    exception: 'MalformedResponse',
    attempts: MAX_ATTEMPTS,
    message: /^HTTP 503 with text\/html that is not the service's answer\.$/,
  },
  { title: 'a reset before the change', fault: 'reset', times: 1, ...DONE, attempts: 2, message: NOTHING },
  {
    title: 'a reset before the change on every attempt',
    fault: 'reset',
    times: FOR_GOOD,
    status: 'failed',
    exception: 'NetworkError',
    attempts: MAX_ATTEMPTS,
    message: /^The connection to 127\.0\.0\.1:\d+ ended before the answer did/,
  },
  {
    title: 'a reset after the change',
    fault: 'reset-after',
    times: 1,
    ...DONE,
    attempts: 1,
    message: CONFIRMED_BY_READ,
  },
  {
    title: 'a reset that no read may settle',
    fault: 'reset-after',
    times: 1,
    readFault: 'denied',
    status: 'unknown',
    exception: 'NetworkError',
    attempts: 1,
    message: /^The connection to 127\.0\.0\.1:\d+ ended before the answer did/,
  },
  {
    title: 'a 200 that is a page',
    fault: 'html',
    times: 1,
    ...DONE,
    attempts: 2,
    message: NOTHING,
  },
  {
    title: 'a 200 that is not JSON, after the change',
    fault: 'garbage',
    times: 1,
    ...DONE,
    attempts: 1,
    message: CONFIRMED_BY_READ,
  },
  {
    title: 'no answer within --timeout, and no change',
    fault: 'hang',
    times: 1,
    ...DONE,
    attempts: 2,
    message: NOTHING,
  },
  {
    title: 'no answer within --timeout on any attempt',
    fault: 'hang',
    times: FOR_GOOD,
    status: 'failed',
    exception: 'TimeoutError',
    attempts: MAX_ATTEMPTS,
    message: /^No answer from 127\.0\.0\.1:\d+ within 1 s\.$/,
  },
  {
    title: 'no answer within --timeout, after the change',
    fault: 'hang-after',
    times: 1,
    ...DONE,
    attempts: 1,
    message: CONFIRMED_BY_READ,
  },
  {
    title: 'access denied to this row alone',
    fault: 'denied',
    times: FOR_GOOD,
    status: 'failed',
    exception: 'AccessDeniedException',
    attempts: 1,
    message: /^User is not authorized to perform this partnercentral action/,
  },
  {
    title: 'a validation error that breaks careless CSV',
    fault: 'validation',
    times: 1,
    status: 'failed',
    exception: 'ValidationException',
    attempts: 1,
    // The apostrophe keeps a spreadsheet from running it.
    message:
      /^'=HYPERLINK\("https:\/\/example\.com","see, here"\)\nnot allowed\nBUSINESS_VALIDATION_FAILED\nINVALID_VALUE: RelatedEntityIdentifier: =cmd\|' \/C calc'!A0, "quoted", and\r\na second line$/,
  },
  {
    title: 'an exception that no model knows',
    fault: 'unknown-exception',
    times: 1,
    status: 'failed',
    exception: 'BrandNewException',
    attempts: 1,
    message: /^No model knows me\.$/,
  },
  {
    title: 'an answer without a request id',
    fault: 'no-request-id',
    times: 1,
    ...DONE,
    attempts: 1,
    message: CONFIRMED_BY_READ,
  },
];

// Begun before the others, which follow each other in this process.
test.concurrent('faults of every kind at once leave every row disassociated, each agreeing with the server', async (task) => {
  const stage = await setStage(task, 150, [
    '--fault',
    'throttle=2%,error=2%,unavailable=1%,reset=1%,reset-after=1%,garbage=1%,error-after=1%,no-request-id=1%',
  ]);

  const ended = await stage.disassociateBuilt('--rate', '200', '--max-attempts', '10');

  const lines = stage.results();
  expect(ended.code).toBe(0);
  expect(new Set(column(lines, 'status'))).toEqual(new Set(['disassociated']));
  expect(accountsOf(lines)).toEqual(servedFor(lines, await stage.emulator.calls()));
  expect(await stage.emulator.held()).toEqual([]);
});

for (const expected of CASES) {
  const { title, status, attempts } = expected;
  test.concurrent(`${title}: the row is ${status} after ${attempts} writes, and the server agrees`, async (task) => {
    const stage = await setStage(task, 3);
    const opportunityId = stage.rows[1]?.opportunityId ?? '';
    await stage.emulator.script(scriptOf(expected, opportunityId));

    const ended = await stage.disassociate('--max-attempts', String(MAX_ATTEMPTS), '--timeout', '1');

    const lines = stage.results();
    expect(column(lines, 'status')).toEqual(['disassociated', status, 'disassociated']);
    expect(column(lines, 'exception')).toEqual(['', expected.exception, '']);
    expect(lines[1]?.['message']).toMatch(expected.message);
    expect(column(lines, 'attempts')).toEqual(['1', String(attempts), '1']);
    const served = servedFor(lines, await stage.emulator.calls());
    // Removed it may be, but nobody on this side could know.
    const known = served.map((row) =>
      row.association.startsWith(opportunityId) ? { ...row, removed: status === 'disassociated' } : row,
    );
    expect(accountsOf(lines)).toEqual(status === 'unknown' ? known : served);
    expect(ended.code).toBe(status === 'disassociated' ? 0 : 1);
  });
}

function scriptOf({ fault, times, readFault }: Case, opportunityId: string): readonly ScriptedFault[] {
  return [
    { kind: fault, times, operation: 'DisassociateOpportunity', opportunityId },
    ...(readFault === undefined
      ? []
      : [{ kind: readFault, times: FOR_GOOD, operation: 'GetOpportunity', opportunityId } as const]),
  ];
}

test.concurrent('access denied to every row stops the run, names the reason, and blames no row', async (task) => {
  const stage = await setStage(task, 20, ['--fault', 'denied=100%']);

  const ended = await stage.disassociate();

  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('Stopped (access_denied): Access was denied to the first calls');
  expect(stage.resultsSoFar()).toEqual([]);
  expect(ended.stderr).toContain('0 of 20 valid rows done');
});
