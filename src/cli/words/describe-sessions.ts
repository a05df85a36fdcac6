import type { SessionChange } from '../../run/session-start.ts';
import { DEFAULT_RUN_OPTIONS, optionsInForce, type RunOptions } from '../../run/request/run-options.ts';
import type { Caller, RecordedOptions } from '../../store/journal-line.ts';
import { callsOfAll, type Session } from '../../store/sessions.ts';
import { between, count, counted, moment } from './amounts.ts';
import { shellWords } from './hints/shell-words.ts';

/** Sessions that are listed; more are counted. */
const SHOWN = 10;

/** What a session has otherwise than the one before, a line each. */
export function describeChanges(changes: readonly SessionChange[]): string {
  return ['Not as in the session before:', ...changes.map((change) => `  ${changeWords(change)}`), ''].join(
    '\n',
  );
}

function changeWords(change: SessionChange): string {
  if (change.kind === 'caller') {
    const before = change.before === undefined ? 'not recorded' : callerWords(change.before);
    return `caller: was ${before}, is ${callerWords(change.now)}`;
  }
  const { name, before, now } = change;
  const known = before ?? now;
  // A switch that was not given is off.
  const ifNone = typeof known === 'boolean' ? 'off' : 'not given';
  const words = [before, now].map((value) => (value === undefined ? ifNone : valueWords(name, value)));
  return `${optionWord(name, known)}: was ${words.join(', is ')}`;
}

export function callerWords(caller: Caller | null): string {
  return caller === null ? 'not known' : `${caller.arn} (account ${caller.account})`;
}

/** `--no-wait` is the switch of an option that holds unless it is taken away. */
function optionWord(name: string, value: RecordedOptions[string] | undefined): string {
  const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return typeof value === 'boolean' && isOnByDefault(name) ? `--no-${kebab}` : `--${kebab}`;
}

function valueWords(name: string, value: RecordedOptions[string]): string {
  if (typeof value !== 'boolean') return String(value);
  return value === isOnByDefault(name) ? 'off' : 'on';
}

const DEFAULTS: RecordedOptions = optionsInForce(DEFAULT_RUN_OPTIONS);

function isOnByDefault(name: string): boolean {
  return DEFAULTS[name] === true;
}

/**
 * Each session of a run: when, why it ended, who, where, with which options, and what it did. Those that did nothing are
 * counted, the newest apart. `goes`: the newest is under way. The zone of the times is told before.
 */
export function sessionLines(sessions: readonly Session[], goes: boolean, nowMs: number): string[] {
  if (sessions.length === 0) return [];
  const told = sessions
    .map((session, index) => ({ session, number: index + 1, newest: index === sessions.length - 1 }))
    .filter(({ session, newest }) => newest || !didNothing(session));
  const idle = sessions.length - told.length;
  const more = Math.max(0, told.length - SHOWN);
  return [
    `Sessions: ${count(sessions.length)}`,
    ...(idle === 0 ? [] : [`  … ${count(idle)} that sent no write and settled no row: --json tells all`]),
    ...(more === 0 ? [] : [`  … ${counted(more, 'earlier one')}: --json tells all`]),
    ...told
      .slice(more)
      .flatMap(({ session, number, newest }) => [
        `  ${number}. ${endWords(session, goes && newest, nowMs)}`,
        ...detailsOf(session, goes && newest),
      ]),
  ];
}

function didNothing({ writes, rows }: Session): boolean {
  return writes === 0 && Object.keys(rows).length === 0;
}

function detailsOf(session: Session, goes: boolean): string[] {
  const { host, user, tool, rows } = session;
  const where = host === null ? '' : `, as ${user ?? 'a user not known'} on ${host}`;
  const settled = Object.entries(rows).map(([status, of]) => `${count(of)} ${status}`);
  return [
    `     caller ${callerWords(session.caller)}${where}${tool === null ? '' : `, ${tool}`}`,
    `     ${optionsWords(session)}`,
    `     ${callWords(session, goes)}; ${settled.length === 0 ? 'no row settled' : settled.join(', ')}`,
  ];
}

function endWords({ startedAt, endedAt, lastEntryAt, ended }: Session, goes: boolean, nowMs: number): string {
  const startedMs = Date.parse(startedAt);
  if (goes) return `${moment(startedMs, nowMs)}, under way`;
  if (endedAt !== null) return `${between(startedMs, Date.parse(endedAt), nowMs)}: ${ended}`;
  return `${moment(startedMs, nowMs)} to an end that is not recorded (killed, as by a second Ctrl-C, or its machine or disk failed); its last entry is of ${moment(Date.parse(lastEntryAt), nowMs)}`;
}

function optionsWords({ options }: Session): string {
  if (options === null) return 'options not recorded';
  const words = givenWords(options);
  return words === '' ? 'options: all at their defaults' : `options: ${words}`;
}

/** Options that are not at their defaults, as they are typed. */
export function givenWords(options: RecordedOptions): string {
  const defaults = defaultsBeside(options);
  return Object.entries(options)
    .flatMap(([name, value]) => {
      if (value === defaults[name]) return [];
      const word = optionWord(name, value);
      return typeof value === 'boolean'
        ? [word]
        : valuesIn(value).map((one) => `${word} ${shellWords([one])}`);
    })
    .join(' ');
}

/** Some defaults follow from other options: how many calls at once from the rate, how far reads lag from a rehearsal. */
function defaultsBeside({
  rate,
  readRate,
  emulator,
  emulatorState,
  emulatorSolutions,
}: RecordedOptions): RecordedOptions {
  const rateIn = (
    value: RecordedOptions[string] | undefined,
    usual: RunOptions['rate'],
  ): RunOptions['rate'] => (typeof value === 'number' || value === 'unlimited' ? value : usual);
  const rehearses = [emulator, emulatorState, emulatorSolutions].some((value) => value !== undefined);
  const inForce = optionsInForce({
    ...DEFAULT_RUN_OPTIONS,
    rate: rateIn(rate, DEFAULT_RUN_OPTIONS.rate),
    readRate: rateIn(readRate, DEFAULT_RUN_OPTIONS.readRate),
    emulator: rehearses,
  });
  const { concurrency = '', readLag = '', dailyReadQuota = '' } = inForce;
  return { ...DEFAULTS, concurrency, readLag, dailyReadQuota };
}

/** An option that may be given again is kept as a list. */
function valuesIn(value: string | number): readonly string[] {
  const text = String(value);
  if (!text.startsWith('["')) return [text];
  // Written by this tool; a value of somebody's own that only begins so is told as it stands.
  try {
    return (JSON.parse(text) as readonly unknown[]).map(String);
  } catch {
    return [text];
  }
}

/** Which rows a run means and how it reads them: alike in each of its sessions. */
export function termLines(terms: RecordedOptions): string[] {
  const words = givenWords(terms);
  return words === '' ? [] : [`Which rows, and how they are read: ${words}`];
}

/** A write is noted before it leaves: of a session that was cut off the last ones may not have left. */
function callWords({ writes, reads, throttles, endedAt }: Session, goes: boolean): string {
  const most = endedAt === null && !goes && writes > 0 ? 'up to ' : '';
  const read = reads === null ? 'reads not known' : counted(reads, 'read');
  const throttled =
    throttles === null ? '' : throttles === 0 ? ', none throttled' : `, ${count(throttles)} throttled`;
  return `${most}${counted(writes, 'write call')}, ${read}${throttled}`;
}

/** The calls of all sessions in a sentence, where there were several. */
export function allSessionsLine(sessions: readonly Session[]): string[] {
  if (sessions.length < 2) return [];
  const { writes, reads } = callsOfAll(sessions);
  const callers = new Set(sessions.map(({ caller }) => caller?.arn));
  const isCutOff = sessions.some((session) => session.reads === null);
  const [most, least] = isCutOff ? ['up to ', 'at least '] : ['', ''];
  const by = callers.size > 1 ? ` by ${count(callers.size)} callers` : '';
  return [
    `Over all ${count(sessions.length)} sessions${by}: ${most}${counted(writes, 'write call')} and ${least}${counted(reads, 'read')}; the summary tells each.`,
  ];
}
