import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive; `claims`: the size that the directory tells, where it lies. */
export interface Part {
  readonly name: string;
  readonly text: string;
  readonly claims?: number;
}

/** A ZIP archive, each part deflated but `mimetype`. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, text, claims } of parts) {
    const content = Buffer.from(text);
    const stored = name === 'mimetype';
    const packed = stored ? content : deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claims ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fields, rest, Buffer.from(name)]));
    files.push(local);
    at += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, index, end]);
}

/** The parts of a workbook as Excel has them, a sheet each; cells are in XML, what is merged (`A2:A4`) is so in each. */
export function workbookParts(
  sheets: Readonly<Record<string, string>>,
  merges: readonly string[] = [],
): readonly Part[] {
  const names = Object.keys(sheets);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const merged = merges.map((cells) => `<mergeCell ref="${cells}"/>`).join('');
  const below = merged === '' ? '' : `<mergeCells>${merged}</mergeCells>`;
  const list = (one: (name: string, number: number) => string): string =>
    names.map((name, index) => one(name, index + 1)).join('');
  return [
    {
      name: '[Content_Types].xml',
      text: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${list((_, number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)}</Types>`,
    },
    {
      name: '_rels/.rels',
      text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list((name, number) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list((_, number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`,
    },
    ...names.map((name, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      text: `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${sheets[name] ?? ''}</sheetData>${below}</worksheet>`,
    })),
  ];
}

/** A row of cells of text, as XML; `number` counts from 1. */
export function rowOf(number: number, cells: readonly string[], attributes = ''): string {
  const texts = cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`);
  return `<row r="${number}"${attributes}>${texts.join('')}</row>`;
}

/** A workbook of rows of text. */
export function workbookOf(
  sheets: Readonly<Record<string, readonly (readonly string[])[]>>,
  merges: readonly string[] = [],
): Buffer {
  const xml = Object.entries(sheets).map(([name, rows]) => [
    name,
    rows.map((cells, index) => rowOf(index + 1, cells)).join(''),
  ]);
  return zipOf(workbookParts(Object.fromEntries(xml) as Record<string, string>, merges));
}
