// Nothing of Intl here: the first use of it in a process costs as much as a fifth of Node's own start.

/** `12408` as `12,408`. */
export function count(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 row`, `12 rows`, `3 opportunities`. */
export function counted(value: number, noun: string): string {
  if (value === 1) return `1 ${noun}`;
  return `${count(value)} ${plural(noun)}`;
}

function plural(noun: string): string {
  if (noun.endsWith('y')) return `${noun.slice(0, -1)}ies`;
  return noun.endsWith('ss') ? `${noun}es` : `${noun}s`;
}

/** `1 write a second`, `0.2 writes a second`. */
export function perSecond(rate: number, noun: string): string {
  return rateWords(rate, noun, 'second');
}

/** `4 calls a minute`, `1 call an hour`. */
export function rateWords(rate: number, noun: string, unit: 'second' | 'minute' | 'hour'): string {
  const amount = decimal(rate);
  return `${amount} ${noun}${amount === '1' ? '' : 's'} ${unit === 'hour' ? 'an' : 'a'} ${unit}`;
}

/** `0.2`, `0.05`, `0.96`, `1.3`, `12,408.1`: below 10 two digits that count, from there on one behind the point. */
export function decimal(value: number): string {
  if (value < 9.95) return String(Number(value.toPrecision(2)));
  const tenths = Math.round(value * 10);
  const whole = count(Math.floor(tenths / 10));
  return tenths % 10 === 0 ? whole : `${whole}.${tenths % 10}`;
}

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** A span in its two largest units: `4 d 21 h`, `2 h 47 min`, `38 s`; of what is too short to count, `less than a second`. */
export function span(ms: number): string {
  const rounded = ms < 60_000 ? Math.round(ms / 1_000) * 1_000 : Math.round(ms / 60_000) * 60_000;
  const first = UNITS.findIndex((unit) => rounded >= unit.ms);
  const large = UNITS[first];
  if (large === undefined) return 'less than a second';
  const small = UNITS[first + 1];
  const whole = Math.floor(rounded / large.ms);
  const rest = small === undefined ? 0 : Math.floor((rounded % large.ms) / small.ms);
  return rest === 0 || small === undefined
    ? `${whole} ${large.name}`
    : `${whole} ${large.name} ${rest} ${small.name}`;
}

/** An estimate: `about 2 h 47 min`, `less than a second`. */
export function about(ms: number): string {
  return ms < 1_000 ? 'less than a second' : `about ${span(ms)}`;
}

/** A moment as the user's clock shows it: `14:05`, `Fri 31 Jan 14:05` on another day, `Fri 31 Jan 2025 14:05` in another year. */
export function moment(epochMs: number, nowMs: number): string {
  const at = new Date(epochMs);
  const now = new Date(nowMs);
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const date = at.toDateString();
  if (date === now.toDateString()) return time;
  const [weekday = '', month = '', day, year = ''] = date.split(' ');
  const otherYear = at.getFullYear() === now.getFullYear() ? '' : ` ${year}`;
  return `${weekday} ${Number(day)} ${month}${otherYear} ${time}`;
}

/** The same with the zone, `14:05 UTC+1`: for the first moment of a text, or its only one. */
export function zoned(epochMs: number, nowMs: number): string {
  const ahead = -new Date(epochMs).getTimezoneOffset();
  const minutes = Math.abs(ahead) % 60;
  const hours = Math.floor(Math.abs(ahead) / 60);
  const offset = `${ahead < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${pad(minutes)}`}`;
  return `${moment(epochMs, nowMs)} UTC${ahead === 0 ? '' : offset}`;
}

/** A moment for whoever reads it now, by their clock; without `nowMs`, for a log, in UTC. */
export function dateTime(epochMs: number, nowMs: number | undefined): string {
  return nowMs === undefined ? `${new Date(epochMs).toISOString().slice(0, 16)}Z` : zoned(epochMs, nowMs);
}

/** A stretch of time: `14:05 to 16:08`, each day once. */
export function between(fromMs: number, toMs: number, nowMs: number): string {
  return `${moment(fromMs, nowMs)} to ${moment(toMs, fromMs)}`;
}

const ISO_MOMENT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence of a run's record, which has its moments in UTC, as the user's clock shows them. */
export function withMoments(sentence: string, told: (epochMs: number) => string): string {
  return sentence.replaceAll(ISO_MOMENT, (iso) => told(Date.parse(iso)));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** Such as `invalid, failed or unknown`. */
export function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
