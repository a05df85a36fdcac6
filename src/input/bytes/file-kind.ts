import { RunError } from '../../model/run-error.ts';

type KindAdvice =
  | 'save_as_csv'
  | 'unpack'
  | 'export_as_csv'
  | 'ask_for_csv'
  | 'save_text_as_csv'
  | 'convert_json'
  | 'export_or_name_encoding';

interface OtherKind {
  readonly what: string;
  readonly advice: KindAdvice;
}

/** First bytes of files that are not text at all, in hexadecimal. */
const SIGNATURES: readonly (OtherKind & { readonly hex: string })[] = [
  {
    hex: 'd0cf11e0a1b11ae1',
    what: 'an old Excel workbook (.xls), or one with a password',
    advice: 'save_as_csv',
  },
  {
    hex: '255044462d',
    what: 'a PDF document',
    advice: 'ask_for_csv',
  },
  {
    hex: '7b5c727466',
    what: 'a rich text document (RTF)',
    advice: 'save_text_as_csv',
  },
  { hex: '425a68', what: 'a bzip2 archive', advice: 'unpack' },
  { hex: '28b52ffd', what: 'a Zstandard archive', advice: 'unpack' },
  { hex: 'fd377a585a00', what: 'an xz archive', advice: 'unpack' },
  { hex: '377abcaf271c', what: 'a 7-Zip archive', advice: 'unpack' },
  { hex: '52617221', what: 'a RAR archive', advice: 'unpack' },
  { hex: '50415231', what: 'a Parquet file', advice: 'export_as_csv' },
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
    return { what: 'an OpenDocument spreadsheet (.ods)', advice: 'save_as_csv' };
  }
  if (/xl\/|\[Content_Types\]\.xml|docProps\//.test(entries)) {
    return { what: 'an Excel workbook (.xlsx)', advice: 'save_as_csv' };
  }
  return { what: 'a ZIP archive', advice: 'unpack' };
}

function textKind(text: string): OtherKind | undefined {
  if (text.startsWith('<?xml') || text.startsWith('<workbook') || text.startsWith('<ss:workbook')) {
    return text.includes('urn:schemas-microsoft-com:office:spreadsheet') || text.includes('<workbook')
      ? { what: 'an Excel 2003 XML spreadsheet (SpreadsheetML)', advice: 'save_as_csv' }
      : text.includes('<html')
        ? { what: 'an HTML page', advice: 'save_as_csv' }
        : { what: 'an XML file', advice: 'export_as_csv' };
  }
  if (
    /^(<!--[^]{0,2000}?-->\s*)?<(!doctype\s+html|html|head|meta|body|table|style|div|script)\b/.test(text)
  ) {
    return {
      what: 'an HTML page: many programs export one under an Excel or CSV name, and a sign-in page may have been downloaded in place of the file',
      advice: 'save_as_csv',
    };
  }
  if (/^(\{\s*"|\[\s*[{"])/.test(text)) {
    return { what: 'JSON', advice: 'convert_json' };
  }
  return undefined;
}

const NO_TEXT: OtherKind = {
  what: 'binary data',
  advice: 'export_or_name_encoding',
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

/** As runs name the summary beside their results. */
const SUMMARY = /\.summary\.json$/i;

function refusal(name: string, kind: OtherKind): RunError {
  if (kind.advice === 'convert_json' && SUMMARY.test(name)) {
    const results = name.replace(SUMMARY, '.csv');
    const message = `${name} is not a CSV file but the summary of a run.`;
    return new RunError('input_format', message, { code: 'name_results_of_summary', results });
  }
  return new RunError('input_format', `${name} is not a CSV file but ${kind.what}.`, { code: kind.advice });
}
