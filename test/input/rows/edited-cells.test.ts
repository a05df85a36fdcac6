import { expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll, rowLine } from '../read-all.ts';

const OURS = ['opportunity_id', 'entity_type', 'entity_id', 'replacement_id'];
const OTHERS = ['row', 'status', 'exception', 'message', 'attempts', 'request_ids', 'started_at'];
const IDS = ['S-0000001', 'S-0000002', 'S-0000003', 'S-0000004'] as const;
const NAMES = ['Acme Cloud', 'Birch Data', 'Cedar Fleet', 'Dune Lake'] as const;

interface Layout {
  readonly header: readonly string[];
  /** The user's cells of a line, each of which says what was sent. */
  readonly own: (line: number) => readonly string[];
  readonly replaces?: boolean;
  readonly options?: InputOptions;
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'one column each': {
    header: ['Opportunity ID', 'Entity Type', 'Entity ID'],
    own: (line) => [`O${line + 1}`, 'Solutions', IDS[line] ?? ''],
  },
  replacements: {
    header: ['Opportunity ID', 'Entity ID', 'Replacement'],
    own: (line) => [`O${line + 1}`, IDS[line] ?? '', 'S-0000009'],
    replaces: true,
  },
  'columns that no name tells of': {
    header: ['Wo', 'Was'],
    own: (line) => [`O${line + 1}`, IDS[line] ?? ''],
  },
  'columns that were named': {
    header: ['Wo', 'Alt', 'Neu'],
    own: (line) => [`O${line + 1}`, IDS[line] ?? '', 'S-0000009'],
    replaces: true,
    options: { opportunityColumn: 'Wo', entityColumn: 'Alt', replaceColumn: 'Neu' },
  },
  'a list of columns': {
    header: ['Id', 'RelatedEntityIdentifiers.Solutions[0]', 'RelatedEntityIdentifiers.Solutions[1]'],
    own: (line) =>
      line % 2 === 0 ? [`O${line + 1}`, IDS[line] ?? '', ''] : [`O${line + 1}`, '', IDS[line] ?? ''],
  },
  names: {
    header: ['Opportunity ID', 'Solution Offered'],
    own: (line) => [`O${line + 1}`, NAMES[line] ?? ''],
    options: { solutions: IDS.map((id, at) => ({ id, name: NAMES[at] ?? '', status: 'Active' })) },
  },
};

function layoutOf(name: string): Layout {
  const layout = LAYOUTS[name];
  if (layout === undefined) throw new Error(`No layout is called ${name}.`);
  return layout;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

function linesOf({ own, replaces }: Layout, status: string): string[][] {
  return IDS.map((id, line) => {
    const sent = [`O${line + 1}`, 'Solutions', id, replaces === true ? 'S-0000009' : ''];
    const isSent = !status.startsWith('would');
    return [
      ...own(line),
      ...sent,
      String(line + 2),
      status,
      status === 'failed' ? 'ValidationException' : '',
      '',
      isSent ? '1' : '0',
      isSent ? `r-${line}` : '',
      isSent ? '2026-01-01T00:00:00.000Z' : '',
    ];
  });
}

/** The rows as they are read once some cells of a column have been edited. */
async function readEdited(
  layout: Layout,
  status: string,
  edit: { readonly column: number; readonly text: string; readonly lines: readonly number[] },
): Promise<readonly string[]> {
  const lines = linesOf(layout, status);
  for (const line of edit.lines) {
    const cells = lines[line];
    if (cells !== undefined) cells[edit.column] = edit.text.replace('…', cells[edit.column] ?? '');
  }
  const header = [...layout.header, ...OURS, ...OTHERS];
  const text = [header, ...lines].map((cells) => cells.map(quoted).join(',')).join('\n');
  const { rows } = await readAll(`${text}\n`, layout.options);
  return rows.map(rowLine);
}

const SENT = (line: number, { replaces }: Layout): string =>
  `${line + 2} valid O${line + 1} Solutions ${IDS[line] ?? ''}${replaces === true ? ' Solutions S-0000009' : ''}`;

const STATUSES = ['failed', 'would_disassociate'];
const EDITS = ['', 'KEEP', '…, keep', 'O77', 'S-0000077', 'AwsProducts'];

it.each(Object.keys(LAYOUTS))(
  'results with %s go again as they were sent where nobody has edited them',
  async (name) => {
    const layout = layoutOf(name);
    for (const status of STATUSES) {
      const read = await readEdited(layout, status, { column: 0, text: '', lines: [] });
      expect(read).toEqual(IDS.map((_, line) => SENT(line, layout)));
    }
  },
);

it.each(Object.keys(LAYOUTS))(
  'an edit of one cell of results with %s never sends what was sent before',
  async (name) => {
    const layout = layoutOf(name);
    const faults: string[] = [];
    for (const status of STATUSES)
      for (const text of EDITS)
        for (const lines of status === 'failed' ? [[0], [0, 1, 2, 3]] : [[1]])
          for (let column = 0; column < layout.header.length + OURS.length; column += 1) {
            const [line = 0] = lines;
            const before = linesOf(layout, status)[line]?.[column] ?? '';
            const isReplacement = column === layout.header.length + 3;
            // What was empty, and is, is no edit; nor is what only its shape tells.
            if (before === '' && (text === '' || !isReplacement)) continue;
            if (text === '' && layout.header[column] === 'Entity Type') continue;
            const read = await readEdited(layout, status, { column, text, lines });
            for (const at of lines)
              if (linesOf(layout, status)[at]?.[column] !== '' && read[at] === SENT(at, layout))
                faults.push(`${status}, column ${column}, "${text}" in ${lines.length} lines: ${read[at]}`);
          }
    expect(faults).toEqual([]);
  },
);
