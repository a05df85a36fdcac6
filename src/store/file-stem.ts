import { basename } from 'node:path';

/** A file's name without its folder and what tells its form: `people` of `in/people.csv.gz`. */
export function fileStem(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt)$/i, '');
}
