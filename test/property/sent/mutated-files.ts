import type { InputOptions } from '../../../src/input/open-input.ts';
import {
  anyTable,
  cellsOf,
  DECIDED_LAYOUTS,
  headerLine,
  LAYOUTS,
  lineOf,
  quoted,
  type Role,
  type Row,
  type Table,
} from './mutable-table.ts';
import { drawsFrom, oneOf, type Draw } from './sound-files.ts';

/** A file in which one thing went wrong, and what may be sent of it. */
export interface MutatedFile {
  readonly text: string;
  readonly options?: InputOptions;
  /** What may be sent for an opportunity, by the header that stands above its row: `type id`, with `-> id` for a replacement. */
  readonly allowed: (opportunity: string) => readonly string[];
  /** Rows that the mutation left alone, cell by cell. */
  readonly untouched: readonly (readonly string[])[];
}

function allowedBy(rows: readonly Row[], roles: readonly Role[]): MutatedFile['allowed'] {
  const said = new Map(rows.map((row) => [row.opportunity, saidBy(row, roles)]));
  return (opportunity) => [said.get(opportunity) ?? []].flat();
}

function saidBy(row: Row, roles: readonly Role[]): string {
  const type = roles.includes('type') ? row.type : 'Solutions';
  const replacement = roles.includes('replacement') && row.replacement !== '' ? ` -> ${row.replacement}` : '';
  return `${type} ${row.entity}${replacement}`;
}

type Mutation = (table: Table, draw: Draw) => MutatedFile;

function withLines(
  { roles, rows }: Table,
  touched: ReadonlySet<number>,
  write: (row: Row, index: number) => string,
): MutatedFile {
  const lines = rows.map((row, index) => (touched.has(index) ? write(row, index) : lineOf(row, roles)));
  return {
    text: `${[headerLine(roles), ...lines].join('\n')}\n`,
    allowed: allowedBy(rows, roles),
    untouched: rows.filter((_, index) => !touched.has(index)).map((row) => cellsOf(row, roles)),
  };
}

const someRow = ({ rows }: Table, draw: Draw): number => Math.floor(draw() * rows.length);
const trimmed = (cells: readonly string[]): readonly string[] => {
  let { length } = cells;
  while (length > 1 && cells[length - 1] === '') length -= 1;
  return cells.slice(0, length);
};

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'cells that slipped before a decision': (_, draw) => decidedFile(draw),
  'a delimiter in a cell without quotes': (table, draw) => {
    const at = someRow(table, draw);
    const isTrimmed = draw() < 0.5;
    return withLines(table, new Set([at]), (row) => {
      const cells = cellsOf({ ...row, customer: 'Birch, Inc' }, table.roles);
      return (isTrimmed ? trimmed(cells) : cells)
        .map((cell) => (cell === 'Birch, Inc' ? cell : quoted(cell)))
        .join(',');
    });
  },
  'delimiters in cells of several rows': (table, draw) => {
    const touched = new Set(Array.from({ length: 2 + Math.floor(draw() * 3) }, () => someRow(table, draw)));
    return withLines(table, touched, (row) => {
      const cells = cellsOf({ ...row, customer: 'Birch, Inc' }, table.roles);
      return trimmed(cells)
        .map((cell) => (cell === 'Birch, Inc' ? cell : quoted(cell)))
        .join(',');
    });
  },
  'an empty cell left out': (table, draw) => {
    const at = someRow(table, draw);
    const role = oneOf(['customer', 'region', 'amount'] as const, draw);
    return withLines(table, new Set([at]), (row) => {
      const kept = table.roles.filter((one) => one !== role);
      return lineOf(row, kept);
    });
  },
  'a stray delimiter': (table, draw) => {
    const at = someRow(table, draw);
    const place = Math.floor(draw() * (table.roles.length + 1));
    return withLines(table, new Set([at]), (row) => {
      const cells = cellsOf(row, table.roles).map(quoted);
      return [...cells.slice(0, place), '', ...cells.slice(place)].join(',');
    });
  },
  'a line end lost': (table, draw) => {
    const at = Math.min(someRow(table, draw), table.rows.length - 2);
    const isTrimmed = draw() < 0.5;
    const line = (row: Row): string => {
      const cells = cellsOf(row, table.roles);
      return (isTrimmed ? trimmed(cells) : cells).map(quoted).join(',');
    };
    const [first, second] = [table.rows[at], table.rows[at + 1]];
    const made = withLines(table, new Set([at, at + 1]), (row) =>
      row === first ? line(row) + (second === undefined ? '' : line(second)) : '',
    );
    return { ...made, text: made.text.replaceAll('\n\n', '\n') };
  },
  'a quote that opens': (table, draw) => {
    const at = Math.min(someRow(table, draw), table.rows.length - 2);
    const place = Math.floor(draw() * table.roles.length);
    const closes = draw() < 0.7;
    const end = draw() < 0.5 ? table.roles.length - 1 : Math.floor(draw() * table.roles.length);
    return withLines(table, new Set([at, at + 1]), (row, index) => {
      const cells = cellsOf(row, table.roles).map(quoted);
      if (index === at) return cells.map((cell, one) => (one === place ? `"${cell}` : cell)).join(',');
      return cells.map((cell, one) => (closes && one === end ? `${cell}"` : cell)).join(',');
    });
  },
  'a file of another order joined': (table, draw) => {
    const other = oneOf(LAYOUTS, draw).filter((role) => table.roles.includes(role));
    const rest = table.roles.filter((role) => !other.includes(role));
    const roles = draw() < 0.5 ? [...other, ...rest] : table.roles.toReversed();
    const half = Math.floor(table.rows.length / 2);
    const second = draw() < 0.5 ? headerLine(roles) : roles.map((role) => `My ${role}`).join(',');
    const lines = [
      headerLine(table.roles),
      ...table.rows.slice(0, half).map((row) => lineOf(row, table.roles)),
      second,
      ...table.rows.slice(half).map((row) => lineOf(row, roles)),
    ];
    return {
      text: `${lines.join('\n')}\n`,
      allowed: allowedBy(table.rows, table.roles),
      untouched: table.rows.slice(0, half).map((row) => cellsOf(row, table.roles)),
    };
  },
  'rows of another order joined, without a header': (table, draw) => {
    const roles = [...table.roles];
    // Two columns of solutions can't be told from each other.
    const [from, to] = oneOf<readonly [Role, Role]>(
      [
        ['opportunity', 'customer'],
        ['customer', 'entity'],
        ['entity', 'notes'],
        ['opportunity', 'entity'],
      ],
      draw,
    );
    const [left, right] = [roles.indexOf(from), roles.indexOf(to)];
    if (left >= 0 && right >= 0) [roles[left], roles[right]] = [to, from];
    const few = 1 + Math.floor(draw() * 3);
    const touched = new Set([...table.rows.keys()].slice(-few));
    return withLines(table, touched, (row) => lineOf(row, roles));
  },
  'a file cut short': (table, draw) => {
    const whole = `${[headerLine(table.roles), ...table.rows.map((row) => lineOf(row, table.roles))].join('\n')}\n`;
    const header = headerLine(table.roles).length + 1;
    const at = header + Math.floor(draw() * (whole.length - header));
    const kept = whole.slice(0, at);
    const untouched = table.rows
      .filter((row) => kept.includes(`${lineOf(row, table.roles)}\n`))
      .map((row) => cellsOf(row, table.roles));
    // Too few rows are no rule, a product code is a word of any length, and a replacement may be none.
    const cut = untouched.length;
    const all = allowedBy(table.rows, table.roles);
    const row = table.rows[cut];
    const isFree = row !== undefined && (cut < 2 || row.type === 'AwsProducts');
    const allowed: MutatedFile['allowed'] = (opportunity) =>
      row?.opportunity === opportunity || (isFree && row.opportunity.startsWith(opportunity))
        ? [...all(opportunity), ...cutsOf(row, isFree)]
        : all(opportunity);
    return { text: kept, allowed, untouched };
  },
  'two tables': (table, draw) => {
    const other = anyTable(draw);
    const rows = other.rows
      .slice(0, 5)
      .map((row, index) => ({ ...row, opportunity: `O${5_200_001 + index}` }));
    const lines = [
      headerLine(other.roles),
      ...rows.map((row) => lineOf(row, other.roles)),
      '',
      headerLine(table.roles),
      ...table.rows.map((row) => lineOf(row, table.roles)),
    ];
    return {
      text: `${lines.join('\n')}\n`,
      allowed: (opportunity) => [
        ...allowedBy(rows, other.roles)(opportunity),
        ...allowedBy(table.rows, table.roles)(opportunity),
      ],
      untouched: table.rows.map((row) => cellsOf(row, table.roles)),
    };
  },
};

/** Cells that slipped before a column that decides about its row. */
function decidedFile(draw: Draw): MutatedFile {
  const table = anyTable(draw, DECIDED_LAYOUTS);
  const { roles, rows } = table;
  const touched = new Set([someRow(table, draw)]);
  const isLeft = draw() < 0.5;
  const made = withLines(table, touched, (row) => {
    const kept = isLeft ? roles.filter((role) => role !== 'customer') : roles;
    const cells = cellsOf({ ...row, customer: 'Birch, Inc' }, kept);
    return (draw() < 0.5 ? trimmed(cells) : cells).join(',');
  });
  const meant = rows.filter(({ decision }) => decision !== 'keep');
  return {
    ...made,
    options: { where: ['Decision!=keep'] },
    allowed: allowedBy(meant, roles),
    untouched: meant.filter((row) => !touched.has(rows.indexOf(row))).map((row) => cellsOf(row, roles)),
  };
}

/** What is left of a row's target where its file breaks off in it. */
function cutsOf({ type, entity, replacement }: Row, isFree: boolean): readonly string[] {
  const ends = isFree ? Array.from(entity, (_, length) => entity.slice(0, length + 1)) : [entity];
  const types = ['Solutions', type];
  return types.flatMap((one) =>
    ends.flatMap((end) => [
      `${one} ${end}`,
      ...Array.from(
        replacement,
        (_, length) => `${one} ${end} -> ${replacement.slice(0, isFree ? length + 1 : replacement.length)}`,
      ),
    ]),
  );
}

export const MUTATION_KINDS: readonly string[] = Object.keys(MUTATIONS);

/** One mutated file of at least 20 rows. */
export function mutatedFile(kind: string, seed: number): MutatedFile {
  const draw = drawsFrom(seed);
  const mutate = MUTATIONS[kind];
  if (mutate === undefined) throw new Error(`No mutation is called ${kind}.`);
  return mutate(anyTable(draw), draw);
}
