import { isDeepStrictEqual } from 'node:util';
import type { JobEntry } from '../../../store/journal-line.ts';
import type { RunPlaces, RunRecord } from '../../../store/run-store.ts';
import { summarise, type Summary } from '../../../store/summary.ts';
import type { Check } from './check-sessions.ts';
import type { SummaryFound } from '../summary-parts.ts';

/** Each member of a summary, and whether every run has it whose journal is a chain; the chain's own head is asked for elsewhere. */
const MEMBERS: Readonly<Record<keyof Summary, 'always' | 'some'>> = {
  version: 'some',
  tool: 'always',
  runId: 'always',
  command: 'always',
  catalog: 'always',
  endpoint: 'always',
  caller: 'always',
  options: 'always',
  terms: 'always',
  input: 'always',
  results: 'always',
  counts: 'always',
  finishIfRunNow: 'some',
  calls: 'always',
  sessions: 'always',
  journal: 'some',
  startedAt: 'always',
  finishedAt: 'always',
};

/** Members of members: of those that are compared whole, nothing more can be there. */
const WITHIN = { results: ['name', 'sha256'], journal: ['lines', 'sha256'] } as const;

/** What was put into a summary, or taken out of it: what nothing is held against would pass for the run's own words. */
export function memberChecks({ found, tellsMore, ...told }: SummaryFound): readonly Check[] {
  if (!found) return [];
  const strange = [
    ...Object.keys(told).filter((name) => !(name in MEMBERS)),
    ...Object.entries(WITHIN).flatMap(([name, known]) =>
      namesIn(told, name).filter((one) => !known.some((other) => other === one)),
    ),
    ...(told.finishIfRunNow !== undefined && told.counts?.plan === undefined ? ['finishIfRunNow'] : []),
  ];
  const lost = Object.entries(MEMBERS).filter(([name, when]) => when === 'always' && !(name in told));
  const { version }: { readonly version?: unknown } = told;
  const faults = [
    ...strange.map((name) => `${JSON.stringify(name)} is none of a run's`),
    ...lost.map(([name]) => `${JSON.stringify(name)} is missing`),
    ...(tellsMore === true ? ['its text tells more than a program reads of it, such as a name twice'] : []),
    ...(version === undefined || version === 1 ? [] : [`its version is ${JSON.stringify(version)}`]),
  ];
  const what = 'the summary has what a run writes, and nothing else';
  return [{ what, sound: faults.length === 0, found: faults.join(', ') }];
}

function namesIn(told: object, name: string): readonly string[] {
  const part: unknown = Object.entries(told).find(([one]) => one === name)?.[1];
  return typeof part === 'object' && part !== null ? Object.keys(part) : [];
}

/** A folder, results and summary of another run, all three under this name, agree with each other. */
export function nameCheck({ results: place }: RunPlaces, { results }: JobEntry, told: SummaryFound): Check {
  const name = beforeSetAside(nameIn(place));
  const others = [results, told.results?.name ?? results].map(nameIn).filter((other) => other !== name);
  return {
    what: 'the journal and the summary are of results of this name',
    sound: others.length === 0,
    found: `they are of ${others[0] ?? name}: the files were renamed, or are another run's`,
  };
}

/** A summary may come from another system. */
function nameIn(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function beforeSetAside(name: string): string {
  return name.replace(/\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?/, '');
}

/** The summary's own words on the run, by its journal; one of the first version tells of no sessions. */
export function headChecks(
  told: SummaryFound,
  { job, state: { sessions, end } }: Pick<RunRecord, 'job' | 'state'>,
): readonly Check[] {
  const { counts, results } = told;
  if (told.sessions === undefined || !counts || !results) return [];
  const { terms } = job;
  const { command = told.command ?? '', catalog = told.catalog ?? '' } = terms;
  const { endpoint = told.endpoint ?? '' } = terms;
  const expected = summarise(job, {
    command,
    catalog,
    endpoint,
    sessions: sessions.slice(0, told.sessions.length),
    counts,
    results,
    finishedAt: end?.at ?? '',
  });
  const isTold = (key: (typeof HEAD)[number]): boolean => key !== 'terms' || told.terms !== undefined;
  const differs = HEAD.filter((key) => isTold(key) && !isDeepStrictEqual(told[key], expected[key]));
  const what =
    'the summary names the run, its command, catalog, endpoint, caller, options and calls as the journal does';
  return [{ what, sound: differs.length === 0, found: `it tells otherwise of ${differs.join(', ')}` }];
}

const HEAD = [
  'tool',
  'runId',
  'command',
  'catalog',
  'endpoint',
  'caller',
  'options',
  'terms',
  'input',
  'calls',
  'startedAt',
  'finishedAt',
] as const;
