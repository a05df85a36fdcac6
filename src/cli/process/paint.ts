import { isSettledAsWished, ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';

const RESET = '\u001B[39m';
const COLOURS = { green: '\u001B[32m', amber: '\u001B[33m', red: '\u001B[31m' } as const;
type Colour = keyof typeof COLOURS;

/** A count of rows by status, as the end of a run has it. */
const STATUS_LINE = new RegExp(String.raw`^( +[\d,]+ {2})(${ROW_STATUSES.join('|')})(?= {2}|$)`);

/** Colours a line or more of plain words; the words say all of it without. */
export function paint(text: string): string {
  return text.split('\n').map(paintLine).join('\n');
}

function paintLine(line: string): string {
  const [start = '', count = '', status] = STATUS_LINE.exec(line) ?? [];
  if (status !== undefined) {
    // The expression holds no other words.
    return count + coloured(status, colourOf(status as RowStatus)) + line.slice(start.length);
  }
  return line
    .replace(/^( *)✗/, (_, margin: string) => margin + coloured('✗', 'red'))
    .replace(/^( *)✓/, (_, margin: string) => margin + coloured('✓', 'green'))
    .replace(/^(Stopped \(\w+\)|oppsweep \(\w+\)):/, (_, word: string) => `${coloured(word, 'amber')}:`);
}

/** Red is for failures, amber for what a person has to look at. */
function colourOf(status: RowStatus): Colour {
  if (isSettledAsWished(status)) return 'green';
  return status === 'failed' ? 'red' : 'amber';
}

function coloured(word: string, colour: Colour): string {
  return `${COLOURS[colour]}${word}${RESET}`;
}

/** Whether words may have colours: as NO_COLOR and FORCE_COLOR say, else where a terminal obeys more than plain words. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, obeys: boolean): boolean {
  const given = (name: string): boolean => env[name] !== undefined && env[name] !== '';
  if (given('NO_COLOR')) return false;
  if (given('FORCE_COLOR')) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return obeys;
}

const BAR_COLOURS = { wished: 'green', 'to look at': 'amber', failed: 'red', left: undefined } as const;

/** A stretch of a progress bar. */
export function paintBar(text: string, rows: keyof typeof BAR_COLOURS): string {
  const colour = BAR_COLOURS[rows];
  return colour === undefined ? text : coloured(text, colour);
}
