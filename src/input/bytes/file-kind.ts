import { RunError } from '../../model/run-error.ts';

interface OtherKind {
  readonly what: string;
  readonly hint: string;
}

const FROM_EXCEL =
  'Open it in Excel, LibreOffice or Google Sheets, choose Save as (or Download) and the type "CSV UTF-8 (comma delimited)", and give that file.';

const UNPACK = 'Unpack it first and give the CSV file in it; only .gz is read as it is.';

/** First bytes of files that are not text at all, in hexadecimal. */
const SIGNATURES: readonly (OtherKind & { readonly hex: string })[] = [
  { hex: 'd0cf11e0a1b11ae1', what: 'an old Excel workbook (.xls), or one with a password', hint: FROM_EXCEL },
  {
    hex: '255044462d',
    what: 'a PDF document',
    hint: 'Ask for the table as CSV: a PDF holds only its picture.',
  },
  {
    hex: '7b5c727466',
    what: 'a rich text document (RTF)',
    hint: 'Save it as plain text or, from a spreadsheet, as CSV.',
  },
  { hex: '425a68', what: 'a bzip2 archive', hint: UNPACK },
  { hex: '28b52ffd', what: 'a Zstandard archive', hint: UNPACK },
  { hex: 'fd377a585a00', what: 'an xz archive', hint: UNPACK },
  { hex: '377abcaf271c', what: 'a 7-Zip archive', hint: UNPACK },
  { hex: '52617221', what: 'a RAR archive', hint: UNPACK },
  { hex: '50415231', what: 'a Parquet file', hint: 'Export the table as CSV.' },
];

/** Stops at a file that is no text; `front` is its first bytes. */
export function refuseBinary(front: Buffer, name: string): void {
  const hex = front.subarray(0, 8).toString('hex');
  const kind = hex.startsWith('504b0304')
    ? zipKind(front)
    : SIGNATURES.find((one) => hex.startsWith(one.hex));
  if (kind !== undefined) throw refusal(name, kind);
}

/** Stops at text that is not CSV; `front` is its beginning as UTF-8. */
export function refuseMarkup(front: Buffer, name: string): void {
  const text = front.subarray(0, 4096).toString('utf8').trimStart().toLowerCase();
  const kind = textKind(text) ?? (isMostlyControls(front) ? NO_TEXT : undefined);
  if (kind !== undefined) throw refusal(name, kind);
}

/** Office documents are ZIP archives whose first entries tell which. */
function zipKind(front: Buffer): OtherKind {
  const entries = front.toString('latin1');
  if (entries.includes('opendocument.spreadsheet')) {
    return { what: 'an OpenDocument spreadsheet (.ods)', hint: FROM_EXCEL };
  }
  if (/xl\/|\[Content_Types\]\.xml|docProps\//.test(entries)) {
    return { what: 'an Excel workbook (.xlsx)', hint: FROM_EXCEL };
  }
  return { what: 'a ZIP archive', hint: UNPACK };
}

function textKind(text: string): OtherKind | undefined {
  if (text.startsWith('<?xml') || text.startsWith('<workbook') || text.startsWith('<ss:workbook')) {
    return text.includes('urn:schemas-microsoft-com:office:spreadsheet') || text.includes('<workbook')
      ? { what: 'an Excel 2003 XML spreadsheet (SpreadsheetML)', hint: FROM_EXCEL }
      : text.includes('<html')
        ? { what: 'an HTML page', hint: FROM_EXCEL }
        : { what: 'an XML file', hint: 'Export the table as CSV.' };
  }
  if (
    /^(<!--[^]{0,2000}?-->\s*)?<(!doctype\s+html|html|head|meta|body|table|style|div|script)\b/.test(text)
  ) {
    return {
      what: 'an HTML page: many programs export one under an Excel or CSV name, and a sign-in page may have been downloaded in place of the file',
      hint: FROM_EXCEL,
    };
  }
  if (/^(\{\s*"|\[\s*[{"])/.test(text)) {
    return { what: 'JSON', hint: 'Turn it into CSV first, for instance with jq and its @csv.' };
  }
  return undefined;
}

const NO_TEXT: OtherKind = {
  what: 'binary data',
  hint: 'Export the table as CSV; if it is text, say in which --encoding.',
};

/** A tenth of control characters is more than any text has; a stray NUL byte is not. */
function isMostlyControls(front: Buffer): boolean {
  const probe = front.subarray(0, 4096);
  let controls = 0;
  for (const byte of probe) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d) controls += 1;
  }
  return controls * 10 > probe.length;
}

function refusal(name: string, kind: OtherKind): RunError {
  return new RunError('input_format', `${name} is not a CSV file but ${kind.what}.`, { hint: kind.hint });
}
