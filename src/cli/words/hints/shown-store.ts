/** A store's URL without what may be secret, as a person would type it. */
export function shownStore(given: string): string {
  try {
    const url = new URL(given);
    const user = url.username === '' ? '' : `${url.username}@`;
    const secretless = [...url.searchParams].filter(([name]) => name === 'sslmode' || name === 'sslrootcert');
    const query = new URLSearchParams(secretless).toString();
    return `${url.protocol}//${user}${url.host}${url.pathname}${query === '' ? '' : `?${query}`}`;
  } catch {
    return 'postgres://user@host:5432/database';
  }
}

/** The words of a command line, those of a store without its password. */
export function withShownStore(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    if (words[index - 1] === '--store') return shownStore(word);
    return word.startsWith('--store=') ? `--store=${shownStore(word.slice('--store='.length))}` : word;
  });
}
