/** Text that is markup; only the functions here make it, so that nothing else gets into a page unescaped. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value in a template: texts and numbers are escaped, markup and lists of it are taken as they are. */
export type Part = string | number | Html | readonly Html[] | undefined;

/** Markup with values in it, each escaped; `undefined` is nothing. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(pieces.reduce((text, piece, index) => text + partText(parts[index - 1]) + piece));
}

function partText(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.join('');
  return escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

/** Controls but tab and line feed, and marks that turn the direction of what follows. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with what can't be seen spelt out: a name can't pretend to be another. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
