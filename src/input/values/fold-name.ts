/**
 * A name reduced to what people mean by it: no case, accents, full-width forms, spaces or punctuation.
 * `ACE_Opportunity-ID`, `ＡＣＥ opportunity id` and `ACE Oppörtunity Id` fold alike.
 */
export function foldName(text: string): string {
  return text
    .slice(0, LONGEST_NAME)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Beyond this a cell is no name; folding a megabyte would only take time. */
const LONGEST_NAME = 200;
