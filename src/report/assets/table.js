import { asSaid, csvOf } from './csv.js';
import { asResults, foundWords, rowsOf, searchIn, visible } from './data.js';

const ROWS_A_PAGE = 50;
/** More would be a book; the results have them all. */
const ROWS_IN_PRINT = 500;
const TAIL = 8;
/** Of the user's own columns; all are searched and copied. */
const OWN_IN_TABLE = 4;
/** How a row ended that an undo has taken back; others ended with a status. */
const TAKEN_BACK = 'taken_back';

/**
 * Fills the table of rows, and keeps it to what is looked for.
 *
 * @param {import('./data.js').PageData} data
 */
export function showRows(data) {
  const rows = rowsOf(data);
  const search = searchIn(rows, data);
  const [form, region, pages] = ['#filters', '#table-region', '#pages'].map(element);
  for (const part of [form, region, pages]) part?.removeAttribute('hidden');
  let found = rows;
  let first = 0;

  /** @param {number} most */
  const draw = (most) => {
    const shown = found.slice(first, first + most);
    element('#table-body')?.replaceChildren(...shown.map((row) => rowElement(row, data)));
    const last = first + shown.length;
    const number = (/** @type {number} */ value) => value.toLocaleString('en-US');
    say(
      '#page',
      found.length === 0
        ? 'No row is like this.'
        : `${number(first + 1)} to ${number(last)} of ${number(found.length)}`,
    );
    enable('#previous', first > 0);
    enable('#next', last < found.length);
  };
  const look = () => {
    found = search({
      text: valueOf('#search'),
      status: valueOf('#status'),
      exception: valueOf('#exception'),
    });
    first = 0;
    draw(ROWS_A_PAGE);
    say('#found', foundWords(found, data));
  };
  /** @param {number} by */
  const turn = (by) => {
    first = Math.max(0, first + by);
    draw(ROWS_A_PAGE);
    region?.scrollIntoView({ block: 'nearest' });
  };

  form?.addEventListener('input', look);
  form?.addEventListener('submit', (event) => event.preventDefault());
  element('#previous')?.addEventListener('click', () => turn(-ROWS_A_PAGE));
  element('#next')?.addEventListener('click', () => turn(ROWS_A_PAGE));
  element('#copy')?.addEventListener('click', () => {
    void copy(csvOf(asResults(data, found))).then((done) => {
      const number = found.length.toLocaleString('en-US');
      const copied = found.length === 1 ? '1 row is copied.' : `${number} rows are copied.`;
      say('#found', done ? copied : 'The browser lets nothing be copied here.');
    });
  });
  addEventListener('beforeprint', () => draw(ROWS_IN_PRINT));
  addEventListener('afterprint', () => draw(ROWS_A_PAGE));
  look();
}

/**
 * @param {string[]} row
 * @param {import('./data.js').PageData} data
 */
function rowElement(row, { own, telling, since, columns }) {
  const ours = own.length + since.length;
  const cell = (/** @type {string} */ name) => row[ours + columns.indexOf(name)] ?? '';
  const told = (/** @type {string} */ name) =>
    since.includes(name) ? (row[own.length + since.indexOf(name)] ?? '') : '';
  const line = document.createElement('tr');
  const number = put(line, 'td', cell('row'));
  number.className = 'number';
  const opportunity = put(line, 'td');
  opportunity.append(identifier(cell('opportunity_id')));
  for (const at of telling.slice(0, OWN_IN_TABLE)) {
    if ((row[at] ?? '') === '') continue;
    const place = put(opportunity, 'div');
    place.className = 'own';
    if (own[at] !== '') put(place, 'span', `${own[at]}: `);
    place.append(visible(row[at] ?? ''));
  }
  const entity = put(line, 'td');
  putName(entity, cell('entity_type'));
  if (cell('entity_id') !== '') entity.append(identifier(cell('entity_id')));
  if (cell('replacement_id') !== '') {
    put(entity, 'div', 'replaced by');
    entity.append(identifier(cell('replacement_id')));
  }
  const reason = put(line, 'td');
  putName(put(reason, 'b'), cell('status'));
  if (cell('exception') !== '') putName(reason, cell('exception'));
  const ended = told('since');
  if (ended !== '') put(reason, 'div', ended === TAKEN_BACK ? 'taken back since' : 'done since');
  const message = put(line, 'td');
  message.className = 'text';
  putText(message, asSaid(cell('message')));
  if (ended !== '') putSince(put(message, 'div'), { ended, by: told('since_by'), at: told('since_at') });
  const tip = put(message, 'span');
  tip.className = 'tip';
  putText(tip, cell('tip'));
  const calls = put(line, 'td');
  calls.className = 'ids';
  const ids = cell('request_ids');
  if (ids === '') calls.textContent = cell('attempts') === '0' ? 'none' : `${cell('attempts')}, unanswered`;
  else calls.append(...ids.split(' ').map(identifier));
  return line;
}

/**
 * What became of a row since, its time in one piece.
 *
 * @param {Element} parent
 * @param {{ ended: string, by: string, at: string }} since `at`: ISO; empty where the later run found it so
 */
function putSince(parent, { ended, by, at }) {
  const back = ended === TAKEN_BACK;
  const found = at === '' ? 'found ' : '';
  parent.append(back ? `${found === '' ? 'Taken' : 'Found taken'} back ` : `Done since: ${found}${ended} `);
  if (at !== '')
    put(parent, 'span', `${at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')} `).className = 'option';
  parent.append(visible(`by ${by}`));
}

/**
 * An identifier in one line: a long one loses its middle to the eye alone, and is copied whole.
 *
 * @param {string} text
 */
function identifier(text) {
  const shown = visible(text);
  const whole = document.createElement('span');
  whole.className = 'id';
  whole.title = shown;
  put(whole, 'span', shown.slice(0, -TAIL));
  put(whole, 'span', shown.slice(-TAIL));
  return whole;
}

/**
 * @param {Element} parent
 * @param {string} name
 * @param {string} [text]
 */
function put(parent, name, text = '') {
  const child = document.createElement(name);
  child.textContent = visible(text);
  parent.append(child);
  return child;
}

/**
 * A text whose options are each read in one piece: a line breaks at no dash of theirs, and in a code at its underscores.
 *
 * @param {Element} parent
 * @param {string} text
 */
function putText(parent, text) {
  for (const [index, piece] of visible(text)
    .split(/(--[a-z-]+)/)
    .entries()) {
    if (index % 2 === 0) putWords(parent, piece, /(?<=_)/);
    else put(parent, 'span', piece).className = 'option';
  }
}

/**
 * A name in camel case, or with underscores, breaks between its words, if it must.
 *
 * @param {Element} parent
 * @param {string} name
 */
function putName(parent, name) {
  putWords(put(parent, 'div'), visible(name), /(?<=[a-z])(?=[A-Z])|(?<=_)/);
}

/**
 * @param {Element} parent
 * @param {string} text
 * @param {RegExp} between
 */
function putWords(parent, text, between) {
  for (const [index, word] of text.split(between).entries()) {
    if (index > 0) parent.append(document.createElement('wbr'));
    parent.append(word);
  }
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} selector */
function element(selector) {
  return document.querySelector(selector);
}

/**
 * @param {string} selector
 * @param {string} text
 */
function say(selector, text) {
  const place = element(selector);
  if (place !== null) place.textContent = text;
}

/**
 * @param {string} selector
 * @param {boolean} on
 */
function enable(selector, on) {
  const button = element(selector);
  if (button instanceof HTMLButtonElement) button.disabled = !on;
}

/** @param {string} selector */
function valueOf(selector) {
  const field = element(selector);
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : '';
}
