import type { CellObject } from '@e965/xlsx';

/** The part of SheetJS that knows number formats. */
export interface NumberFormats {
  readonly is_date: (format: string) => boolean;
  readonly parse_date_code: (
    serial: number,
    options?: { readonly date1904: boolean },
  ) => {
    readonly y: number;
    readonly m: number;
    readonly d: number;
    readonly H: number;
    readonly M: number;
    readonly S: number;
  } | null;
  readonly format: (format: string, value: unknown, options?: unknown) => string;
}

/** How numbers of a workbook are to be understood. */
export interface NumberReading {
  readonly formats: NumberFormats;
  /** Days are counted from 1904, as on old Macs. */
  readonly date1904: boolean;
}

/** A cell's text; `shown`: it exists as a number format alone, and the cell holds a number. */
export interface CellText {
  readonly text: string;
  readonly shown?: boolean;
}

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

/** Reads a cell: text as it stands, whole numbers in full digits, dates in ISO 8601, formulas by the value they had. */
export function cellText({ t, v, z }: CellObject, reading: NumberReading): CellText {
  if (t === 'n' && typeof v === 'number')
    return numberText(v, z === undefined ? 'General' : String(z), reading);
  if (t === 'b') return { text: v === true ? 'TRUE' : 'FALSE' };
  if (t === 'e') return { text: ERRORS[Number(v)] ?? '#ERROR!' };
  return { text: v === undefined ? '' : String(v) };
}

/** An identifier as a format may make one of a number: `"S-"0000000`. */
const IDENTIFIER = /^(O|S-)\d{1,19}$/;

function numberText(value: number, format: string, { formats, date1904 }: NumberReading): CellText {
  const plain = Number.isInteger(value) ? BigInt(value).toString() : String(value);
  if (format === 'General') return { text: plain };
  if (formats.is_date(format)) return { text: dateText(value, { formats, date1904 }) ?? plain };
  if (!/[OS]/.test(format)) return { text: plain };
  const shown = shownAs(value, format, formats).trim();
  return IDENTIFIER.test(shown) ? { text: shown, shown: true } : { text: plain };
}

function shownAs(value: number, format: string, formats: NumberFormats): string {
  try {
    return formats.format(format, value);
  } catch {
    // A format that nobody understands.
    return '';
  }
}

/** A day, a time, or both. */
function dateText(serial: number, { formats, date1904 }: NumberReading): string | undefined {
  const date = formats.parse_date_code(serial, { date1904 });
  if (date === null) return undefined;
  const { y, m, d, H, M, S } = date;
  const time = `${pad(H)}:${pad(M)}:${pad(S)}`;
  if (serial >= 0 && serial < 1) return time;
  const day = `${String(y).padStart(4, '0')}-${pad(m)}-${pad(d)}`;
  return Number.isInteger(serial) ? day : `${day}T${time}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
