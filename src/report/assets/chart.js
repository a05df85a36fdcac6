/**
 * Tells the figures of the stretch that is pointed at, or that the arrow keys have come to.
 *
 * @param {string[]} points
 */
export function tellPoints(points) {
  const chart = document.querySelector('#chart');
  const cursor = document.querySelector('#cursor');
  const readout = document.querySelector('#readout');
  if (!(chart instanceof SVGElement) || cursor === null || readout === null || points.length === 0) return;
  let at = -1;
  /** @param {number} index */
  const tell = (index) => {
    at = Math.min(points.length - 1, Math.max(0, index));
    const x = `${((at + 0.5) / points.length) * 100}%`;
    cursor.setAttribute('x1', x);
    cursor.setAttribute('x2', x);
    cursor.setAttribute('visibility', 'visible');
    readout.textContent = points[at] ?? '';
  };
  chart.addEventListener('pointermove', (event) => {
    const { left, width } = chart.getBoundingClientRect();
    tell(Math.floor(((event.clientX - left) / width) * points.length));
  });
  chart.addEventListener('keydown', (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    tell(to);
  });
}
