import { createHash } from 'node:crypto';
import { assert, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { markup } from '../../../src/report/page/markup.ts';
import { pageOf, RUN_MARK } from '../../../src/report/page/page.ts';
import { readStyle } from '../../../src/report/page/assets.ts';
import { defuse } from '../../../src/results/defuse.ts';
import { foldRows } from '../../../src/report/rows/row-facts.ts';
import { BEGAN_MS, failedLine, line, reportOf, RUN } from '../sample-report.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</script><script>alert(1)</script>',
  '<!--',
  '\u2028\u2029',
  '\u202Egnp.exe',
];

test('whatever a text holds, no tag and no attribute begins or ends there', () => {
  for (const text of HOSTILE) {
    const made = markup`<p title="${text}">${text}</p>`.toString();
    expect(made.replaceAll(/^<p title="|">|<\/p>$/g, '')).not.toMatch(/[<>"']/);
  }
});

test('a hostile run adds no element to the page, and its data ends where it should', () => {
  const plain = pageOf(reportOf([failedLine(2)]));
  for (const text of HOSTILE) {
    const row = line('failed', {
      row: '2',
      exception: text,
      message: text,
      tip: text,
      opportunity_id: text,
      entity_type: text,
    });
    const run = {
      ...RUN,
      input: { name: text, sha256: undefined },
      catalog: text,
      command: text,
      id: text,
      tool: text,
    };
    const page = pageOf(reportOf([row], { run, gaps: [text], madeBy: text }));
    const elements = (html: string): number => html.match(/<[a-z!/]/g)?.length ?? 0;
    // One list of gaps more; the rest is as it was.
    expect(elements(page) - elements(plain)).toBeLessThan(12);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(dataOf(page).columns).toContain('request_ids');
  }
});

test('the policy admits this style and this script by their hashes, and nothing else', () => {
  const page = pageOf(reportOf([failedLine(2)]));
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
  const [, script = ''] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
  const rules = policy.replaceAll('&#39;', "'").split('; ');
  expect(rules).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${sha256(style)}'`,
    `script-src 'sha256-${sha256(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(style.length + script.length).toBeGreaterThan(5_000);
  expect(script).not.toMatch(/^(import|export) /m);
});

test('no attribute of the page runs or styles anything: its policy would refuse it', () => {
  const page = pageOf(reportOf([failedLine(2)]));
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script'));
  expect(body).not.toMatch(/\s(style|on[a-z]+)=/);
  expect(page).not.toMatch(/\b(src|href)="(?!#)/);
});

test('100,000 rows that all failed make a page under 2 MB, which says what it leaves out', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => failedLine(index + 2, `Exception${index % 7}`));
  const page = pageOf(reportOf(rows));
  const { rows: shown } = dataOf(page);
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  expect(shown.length).toBeGreaterThan(6_000);
  expect(shown.length).toBeLessThanOrEqual(10_000);
  expect(page).toContain('100,000 rows need somebody.');
  expect(page).toContain(`The first ${shown.length.toLocaleString('en-US')} of them are in this page`);
  expect(page).toContain('2'.repeat(64));
});

test('of a page that is full, own columns have what place is left, and no row gives way to them', () => {
  const fold = foldRows(BEGAN_MS, undefined, ['Customer', 'Note']);
  for (let row = 2; row < 12_002; row += 1) fold.add(failedLine(row), [`Kunde ${row}`, `${row} `.repeat(40)]);
  const page = pageOf(reportOf([], { rows: fold.facts() }));
  const plain = pageOf(reportOf(Array.from({ length: 12_000 }, (_, row) => failedLine(row + 2))));
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  expect(dataOf(page)).toMatchObject({ own: ['Customer'], telling: [0] });
  expect(dataOf(page).rows).toHaveLength(dataOf(plain).rows.length);
  expect(page).toContain('Of your own columns, Note is not in this page; the results have all.');
});

test('rows are copied as results have them: own columns first, ours called otherwise where one is called so', async () => {
  const path = '../../../src/report/assets/data.js';
  const { asResults } = (await import(path)) as {
    readonly asResults: (
      data: object,
      rows: readonly (readonly string[])[],
    ) => readonly (readonly string[])[];
  };
  const columns = ['row', 'status'];
  const row = ['mine', 'open', 'by', '2', 'failed'];
  expect(asResults({ own: ['Customer', 'status'], since: ['since_by'], columns }, [row])).toEqual([
    ['Customer', 'status', 'since_by', 'row', 'result_status'],
    row,
  ]);
  // A column before ours would be taken for one of the user's.
  expect(asResults({ own: [], since: ['since_by'], columns }, [['by', '2', 'failed']])).toEqual([
    columns,
    ['2', 'failed'],
  ]);
});

test('above the rows stands how many are to look at, where others were done or taken back since', async () => {
  const path = '../../../src/report/assets/data.js';
  const { foundWords } = (await import(path)) as {
    readonly foundWords: (found: readonly (readonly string[])[], data: object) => string;
  };
  const rows = [
    ['Ann', '', '2'],
    ['Ann', 'taken_back', '3'],
    ['Bea', 'disassociated', '4'],
  ];
  const data = { own: ['Owner'], since: ['since'], rows };
  expect(foundWords(rows, data)).toBe('3 of 3 rows: 1 to look at, 2 done or taken back since');
  expect(foundWords(rows.slice(1), { ...data, since: [] })).toBe('2 of 3 rows');
});

test('the page names its run near its beginning, where a later report looks for it', () => {
  expect(pageOf(reportOf([])).slice(0, 2_000)).toContain(`${RUN_MARK}${RUN.id ?? ''}"`);
});

test('what is copied as CSV is defused as the results are', async () => {
  const path = '../../../src/report/assets/csv.js';
  const script = (await import(path)) as { readonly defuse: (cell: string) => string };
  const cells = stringMatching(/^[=+\-@'",;|\t\r\n a\u00a0\u200b\uff1d\ufeff]{0,12}$/u);
  assert(
    property(cells, (cell) => {
      expect(script.defuse(cell)).toBe(defuse(cell));
    }),
  );
});

test('a message is shown as it was said, without what only a spreadsheet needs', async () => {
  const path = '../../../src/report/assets/csv.js';
  const { asSaid } = (await import(path)) as { readonly asSaid: (cell: string) => string };
  const said = '=HYPERLINK("https://example.com",=1)';
  expect(defuse(said)).toBe(`'=HYPERLINK("https://example.com",'=1)`);
  expect(asSaid(defuse(said))).toBe(said);
  expect(asSaid("'O1' is not there")).toBe("'O1' is not there");
  expect(asSaid('One.\r\nTwo.\rThree.')).toBe('One.\nTwo.\nThree.');
  // Whatever is taken off is what defusing puts on: nothing else of a cell is lost.
  const cells = stringMatching(/^[=+\-@'",;|\t\n a\u00a0\u200b\uff1d\ufeff]{0,12}$/u);
  assert(
    property(cells, (cell) => {
      expect(defuse(asSaid(defuse(cell)))).toBe(defuse(cell));
    }),
  );
});

test.each(['light', 'dark'])(
  'words of every colour are read against their ground (%s): 4.5 to 1 at the least',
  (scheme) => {
    const [light = '', dark = ''] = [...readStyle().matchAll(/:root \{([^}]*)\}/g)].map(
      ([, rules]) => rules ?? '',
    );
    const colours = new Map(
      [...(scheme === 'light' ? light : dark).matchAll(/--(\w+): (#\w{6})/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
    const words = ['ink', 'quiet', 'accent', 'done', 'invalid', 'failed', 'unknown', 'planned'];
    for (const ground of ['paper', 'panel']) {
      for (const word of words) {
        expect([word, contrast(colours.get(word) ?? '', colours.get(ground) ?? '')]).toEqual([
          word,
          expect.any(Number),
        ]);
        expect(contrast(colours.get(word) ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
      }
    }
  },
);

function dataOf(page: string): { readonly columns: readonly string[]; readonly rows: readonly unknown[] } {
  const [, data = ''] = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(page) ?? [];
  return JSON.parse(data) as ReturnType<typeof dataOf>;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Of two colours, by the Web Content Accessibility Guidelines. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('where no write was tried, no count of them is told', () => {
  expect(pageOf(reportOf([line('already_absent')]))).toContain('No write was tried for them.');
  expect(pageOf(reportOf([failedLine(2)]))).toContain('1 write tried for them, by 1 request id;');
});

test('what is to be done is said once, with the exceptions of it beneath and what they say', () => {
  const failed = Array.from({ length: 8 }, (_, at) => failedLine(at + 2, `Made${at % 7}`));
  const page = pageOf(
    reportOf([...failed, line('failed', { row: '20', exception: 'Other', tip: 'Do.', message: 'No.' })]),
  );
  const [table = ''] = /<table class="reasons">[^]*?<\/table>/.exec(page) ?? [];
  const text = table.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    'failed 7 exceptions 8 Check the identifier. Made0 2: “Opportunity O2 not found.”, and others Made1 1: “Opportunity O3 not found.”',
  );
  expect(text.split('Check the identifier.')).toHaveLength(2);
  expect(text).toContain('and 2 more Made5 1');
  expect(text).toContain('failed Other 1 Do. “No.”');
});
