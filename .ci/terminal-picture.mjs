const ESCAPE = '\u001B';
/** A control sequence, or one character. */
const PARTS = new RegExp(`${ESCAPE}\\[\\??([\\d;]*)([A-Za-z])|([^${ESCAPE}])`, 'gu');

/** A screen as a terminal would show it: what a program wrote, to the cursor's moves, line erasures and colours. */
export function drawScreen() {
  let lines = [[]];
  let [row, column, colour] = [0, 0, ''];
  const put = (text) => {
    lines[row] ??= [];
    while (lines[row].length < column) lines[row].push({ text: ' ', colour: '' });
    lines[row][column] = { text, colour };
    column += 1;
  };
  const control = (parameters, letter) => {
    const n = Number(parameters) || 1;
    if (letter === 'A') row = Math.max(0, row - n);
    else if (letter === 'B') row += n;
    else if (letter === 'G') column = n - 1;
    else if (letter === 'C') column += n;
    else if (letter === 'D') column = Math.max(0, column - n);
    else if (letter === 'K') lines[row] = parameters === '2' ? [] : (lines[row] ?? []).slice(0, column);
    else if (letter === 'J') lines = [...lines.slice(0, row), (lines[row] ?? []).slice(0, column)];
    else if (letter === 'm') colour = parameters;
  };
  return {
    write: (text) => {
      for (const [, parameters, letter, other] of text.matchAll(PARTS)) {
        if (letter !== undefined) control(parameters, letter);
        else if (other === '\n') [row, column] = [row + 1, 0];
        else if (other === '\r') column = 0;
        else if (other !== undefined) put(other);
      }
    },
    lines: () => lines.map((cells) => [...(cells ?? [])].map((cell) => cell ?? { text: ' ', colour: '' })),
  };
}

const COLOURS = { 31: '#e5534b', 32: '#57ab5a', 33: '#c69026', 2: '#768390', 90: '#768390' };
const WIDE = 8.4;
const HIGH = 20;

/** The same as an SVG: text and colours, and nothing that runs. */
export function svgOf(lines, title) {
  const columns = Math.max(...lines.map((cells) => cells.length));
  const [width, height] = [Math.ceil(columns * WIDE) + 32, lines.length * HIGH + 28];
  const rows = lines.map((cells, at) => {
    const runs = cells.reduce((all, { text, colour }) => {
      const last = all.at(-1);
      if (last?.colour === colour) last.text += text;
      else all.push({ text, colour });
      return all;
    }, []);
    const spans = runs.map(({ text, colour }) => {
      const fill = COLOURS[colour.split(';').at(-1)];
      return fill === undefined ? escaped(text) : `<tspan fill="${fill}">${escaped(text)}</tspan>`;
    });
    return `<text x="16" y="${at * HIGH + 30}" xml:space="preserve">${spans.join('')}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="#22272e"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#cdd9e5">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
