/** Scripts and signs that terminals draw two columns wide (Unicode's East Asian Width, and emoji). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NONE = /^[\p{M}\u200b-\u200d]$/u;

/** The columns that a line without control characters takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const mark of text) width += NONE.test(mark) ? 0 : WIDE.test(mark) ? 2 : 1;
  return width;
}
