import { people, peopleCsv, type Person } from '../stage/people.ts';

/** What a user gets wrong, and the words that must say what, where, and what to do next. */
interface Mistake {
  readonly title: string;
  readonly args: readonly string[];
  readonly says: string;
  readonly next: string;
  /** Beside `people.csv`, a good input. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export const SANDBOX: readonly string[] = ['--catalog', 'Sandbox'];
const USAGE = '(--help tells what there is)';
export const ROWS: readonly Person[] = people(2);

/** `bad.csv` with this content. */
function file(title: string, content: string, says: string, next: string): Mistake {
  return { title, files: { 'bad.csv': content }, args: ['disassociate', 'bad.csv', ...SANDBOX], says, next };
}

/** A good input with these options too. */
function options(args: readonly string[], says: string, next: string): Mistake {
  return { title: args.join(' '), args: ['disassociate', 'people.csv', ...SANDBOX, ...args], says, next };
}

const FILES: readonly Mistake[] = [
  {
    title: 'no such file',
    args: ['disassociate', 'gone.csv', ...SANDBOX],
    says: 'There is no file gone.csv.',
    next: 'Check the name and the folder',
  },
  {
    title: 'a folder',
    args: ['disassociate', 'home', ...SANDBOX],
    says: 'home is a folder, not a file.',
    next: 'Name the CSV file in it.',
  },
  file('an empty file', '', 'bad.csv is empty.', 'Export it again'),
  file(
    'no header',
    'O1000001,Solutions,S-0000001\nO1000002,Solutions,S-0000002\n',
    'bad.csv has no header: its first row is data already ("O1000001"',
    '--no-header --opportunity-column 1 --type-column 2 --entity-column 3',
  ),
  file(
    'two columns that claim to be the one of opportunities',
    'Opportunity ID,Opportunity Identifier,Entity Type,Entity ID\nO1000001,O1000002,Solutions,S-0000001\n',
    'bad.csv: 2 columns might be the one of opportunities: "Opportunity ID" (column 1) and "Opportunity Identifier" (column 2).',
    'Say which, for instance: --opportunity-column "Opportunity ID"',
  ),
  file(
    'a missing column',
    'Opportunity ID,Entity Type\nO1000001,Solutions\n',
    'bad.csv: No column of entity identifiers was found. Headers seen: "Opportunity ID", "Entity Type".',
    'Name it with --entity-column',
  ),
  file(
    'HTML under a .csv name',
    '<html><body><table><tr><td>O1000001</td></tr></table></body></html>',
    'bad.csv is not a CSV file but an HTML page',
    'choose Save as (or Download)',
  ),
  file(
    'an Excel workbook under a .csv name',
    'PK\u0003\u0004\u0014\0\u0006\0\b\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\u0013\0\0\0[Content_Types].xml',
    'bad.csv is not a CSV file but an Excel workbook',
    'choose Save as (or Download)',
  ),
];

const OPTIONS: readonly Mistake[] = [
  options(
    ['-o', 'people.csv/results.csv'],
    "The run's folder people.csv/results.oppsweep could not be made",
    'Name a place that can be written with --output.',
  ),
  options(['-o', 'missing/results.csv'], 'There is no folder ', 'Make the folder (mkdir -p '),
  // A folder that nobody, root included, may write in.
  options(
    ['-o', '/proc/results.csv'],
    "The run's folder /proc/results.oppsweep could not be made",
    'Name a place that can be written with --output.',
  ),
  options(
    ['-o', ''],
    '--output is given an empty value. A variable of the shell that is not set gives one.',
    'The command’s --help tells what it takes.',
  ),
  options(['-o', 'done/'], "argument 'done/' is invalid. It takes the name of a file.", USAGE),
  options(['-o', '-'], "argument '-' is invalid. It takes the name of a file.", USAGE),
  options(['-o', 'done.csv.gz'], 'What is written is not packed: leave .gz out.', USAGE),
  {
    ...options(['-o', 'done.csv'], 'done.summary.json exists already', '--output, or begin with --restart'),
    title: 'a file of the summary’s name',
    files: { 'done.summary.json': 'mine\n' },
  },
  {
    title: 'an input of the summary’s name',
    args: ['disassociate', 'done.summary.json', ...SANDBOX, '-o', 'done.csv', '--restart'],
    files: { 'done.summary.json': peopleCsv(ROWS) },
    says: 'done.summary.json is the input itself',
    next: 'Name other results',
  },
  options(['-o', 'people.csv', '--restart'], 'people.csv is the input itself', 'Name other results'),
  {
    ...options([], 'people.results.csv exists already', '--output, or begin with --restart'),
    title: 'results that exist already',
    files: { 'people.results.csv': 'mine\n' },
  },
  options(
    ['--catalog', 'sandbox'],
    'There is no catalog "sandbox". Did you mean "Sandbox"?',
    'Give --catalog',
  ),
  options(
    ['--catalog', 'AWS'],
    'catalog AWS changes live data, and there is no terminal to ask in',
    'Add --yes',
  ),
  options(
    ['--emulator', '--catalog', 'AWS'],
    'The emulator holds catalog Sandbox',
    'Leave one of the two out.',
  ),
  {
    title: 'no catalog',
    args: ['disassociate', 'people.csv'],
    says: 'No catalog is given.',
    next: 'Add --catalog AWS (live data) or --catalog Sandbox',
  },
  {
    ...options([], 'No AWS credentials were found', 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'),
    title: 'no credentials',
    env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
  },
  options(['--rate', '0'], "'--rate <n>' argument '0' is invalid. It takes calls a second", USAGE),
  options(['--rate', 'x'], "'--rate <n>' argument 'x' is invalid. It takes calls a second", USAGE),
  options(['--daily-quota', '-1'], "argument '-1' is invalid. It takes calls in any 24 hours", USAGE),
  options(['--max-failures', 'x'], "argument 'x' is invalid. It takes a number of rows", USAGE),
  options(
    ['--entity-type', 'foo'],
    "argument 'foo' is invalid. It is no entity type: there are Solutions, AwsProducts, ",
    USAGE,
  ),
  options(['--delimiter', 'x'], `argument 'x' is invalid. It takes "," ";" "|" or tab.`, USAGE),
  options(['--bogus'], "unknown option '--bogus'", USAGE),
  options(
    ['--endpoint-url', 'nonsense'],
    'The endpoint in --endpoint-url is no http or https URL.',
    'Write it in full, such as http://127.0.0.1:8080.',
  ),
  options(
    ['--only', 'failed'],
    "--only takes rows of an earlier run's results, and people.csv is no results file.",
    'leave --only out',
  ),
  options(
    ['--protect-last', '--no-preflight'],
    'Keeping the last entity of a type needs to read opportunities beforehand, and that is switched off.',
    'Leave --no-preflight out.',
  ),
];

const COMMANDS: readonly Mistake[] = [
  { title: 'an unknown command', args: ['bogus'], says: "unknown command 'bogus'", next: USAGE },
  {
    title: 'a missing argument',
    args: ['disassociate'],
    says: "missing required argument 'input'",
    next: USAGE,
  },
  {
    title: 'standard input without a name for the results',
    args: ['disassociate', '-', ...SANDBOX],
    says: 'Standard input has no name that results could share.',
    next: 'Name the results with --output',
  },
  {
    title: 'a rehearsal with a reserve that leaves nothing',
    args: ['disassociate', 'people.csv', '--emulator', '--reserve', '10000'],
    says: 'A reserve of 10000 leaves nothing of a daily quota of 10000.',
    next: 'Give a smaller --reserve',
  },
  {
    title: 'undo of what is no run',
    args: ['undo', 'people.csv', ...SANDBOX],
    says: 'There is no run of people.csv: people.oppsweep is not there, or holds none.',
    next: 'Move it back beside the results.',
  },
  {
    title: 'status of nothing',
    args: ['status', 'gone.results.csv'],
    says: 'There is no run in gone.oppsweep.',
    next: 'Name the results of a run (people.results.csv) or its folder (people.oppsweep).',
  },
];

export const MISTAKES: readonly Mistake[] = [...FILES, ...OPTIONS, ...COMMANDS];
