/** The word that was probably meant: the nearest of those that differ in a third of their letters at most. */
export function closest(word: string, words: readonly string[]): string | undefined {
  const asked = word.toLowerCase();
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const known of words) {
    const distance = editDistance(asked, known.toLowerCase());
    if (distance * 3 > Math.max(known.length, asked.length)) continue;
    if (best === undefined || distance < best.distance) best = { word: known, distance };
  }
  return best?.word;
}

/** A sentence that proposes it, with a space before; empty where there is none. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = closest(word, words);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}

/** Letters to add, leave out, change, or swap with the next (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  let before: readonly number[] = [];
  for (let index = 0; index < left.length; index += 1) {
    const next = [index + 1];
    for (let at = 1; at <= right.length; at += 1) {
      const changed = (row[at - 1] ?? 0) + (left[index] === right[at - 1] ? 0 : 1);
      const isSwapped = left[index] === right[at - 2] && left[index - 1] === right[at - 1];
      const swapped = isSwapped ? (before[at - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min(changed, swapped, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
