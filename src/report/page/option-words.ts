import { markup, type Html } from './markup.ts';

/** A text whose options are each read in one piece: a line breaks at no dash of theirs. */
export function withOptions(text: string): readonly Html[] {
  return text
    .split(/(--[a-z-]+)/)
    .map((piece, index) =>
      index % 2 === 0 ? markup`${piece}` : markup`<span class="option">${piece}</span>`,
    );
}
