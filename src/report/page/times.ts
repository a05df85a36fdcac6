import { span } from '../../model/words/amounts.ts';

/** Moments as a reader in one time zone has them. */
export interface Times {
  /** `26 Nov 2026, 14:02 CET`. */
  readonly moment: (epochMs: number) => string;
  /** `26 Nov 2026`. */
  readonly day: (epochMs: number) => string;
  /** `26 Nov, 14:02:05`: within a table whose zone is told. */
  readonly short: (epochMs: number) => string;
  /** `26 Nov 2026, 09:12 to 14:02 CET (4 h 50 min)`. */
  readonly between: (fromMs: number, toMs: number) => string;
  /** `CET`. */
  readonly zone: (epochMs: number) => string;
}

export function timesIn(timeZone: string | undefined): Times {
  const part = (options: Intl.DateTimeFormatOptions): ((epochMs: number) => string) => {
    const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    return (epochMs) => format.format(epochMs);
  };
  const day = part({ day: 'numeric', month: 'short', year: 'numeric' });
  const time = part({ hour: '2-digit', minute: '2-digit' });
  const short = part({
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const zoned = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' });
  const zone = (epochMs: number): string =>
    zoned.formatToParts(epochMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const moment = (epochMs: number): string => `${day(epochMs)}, ${time(epochMs)} ${zone(epochMs)}`;
  return {
    moment,
    day,
    short,
    zone,
    between: (fromMs, toMs) => {
      const sameDay = day(fromMs) === day(toMs);
      const start = sameDay
        ? `${day(fromMs)}, ${time(fromMs)}`
        : `${day(fromMs)}, ${time(fromMs)} ${zone(fromMs)}`;
      const end = sameDay ? `${time(toMs)} ${zone(toMs)}` : moment(toMs);
      const from = moment(fromMs) === moment(toMs) ? moment(fromMs) : `${start} to ${end}`;
      return `${from} (${span(toMs - fromMs)})`;
    },
  };
}
