const BAR = { height: 22, gap: 10, left: 290, width: 400 };

/**
 * Rows a second as bars, in SVG that can be read on a light page and on a dark one.
 *
 * @param {readonly { name: string, rate: number }[]} bars the first is the one that is compared
 */
export function barChart(bars) {
  const most = Math.max(...bars.map(({ rate }) => rate));
  const step = BAR.height + BAR.gap;
  const drawn = bars.map(({ name, rate }, place) => {
    const middle = place * step + BAR.gap + BAR.height / 2;
    const width = Math.max(1, (rate / most) * BAR.width);
    return `  <text x="${BAR.left - 8}" y="${middle}" text-anchor="end" dominant-baseline="central">${escaped(name)}</text>
  <rect x="${BAR.left}" y="${middle - BAR.height / 2}" width="${width.toFixed(1)}" height="${BAR.height}" rx="2" fill="${place === 0 ? '#d97706' : '#64748b'}"/>
  <text x="${(BAR.left + width + 8).toFixed(1)}" y="${middle}" dominant-baseline="central">${labelOf(rate)}</text>`;
  });
  const [width, height] = [BAR.left + BAR.width + 80, bars.length * step + BAR.gap];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Rows a second">
  <style>text { font: 14px system-ui, sans-serif; fill: #1e293b } @media (prefers-color-scheme: dark) { text { fill: #e2e8f0 } }</style>
${drawn.join('\n')}
</svg>
`;
}

function labelOf(rate) {
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
