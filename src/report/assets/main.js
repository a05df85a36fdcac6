import { tellPoints } from './chart.js';
import { showRows } from './table.js';
import { openInPrint, showTabs } from './tabs.js';

const data = /** @type {import('./data.js').PageData} */ (
  JSON.parse(document.querySelector('#data')?.textContent ?? '')
);
showTabs();
tellPoints(data.points);
openInPrint();
if (data.rows.length > 0) showRows(data);
