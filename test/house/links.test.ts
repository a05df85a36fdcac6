import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['.', 'docs', 'docs/decisions', 'samples'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

it('each link of a page leads to a file, and each section that it names is there', () => {
  const broken = PAGES.flatMap((page) => linksOf(page).filter((link) => !leadsSomewhere(page, link)));
  expect(broken).toEqual([]);
  expect(PAGES.flatMap(linksOf).length).toBeGreaterThan(20);
});

it('the README leads to each page of docs/', () => {
  const pages = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page));
  expect(pages.filter((page) => !linksOf('README.md').includes(page))).toEqual([]);
});

it('a page that is in the package leads to nothing that is left out of it', () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
  const isShipped = (path: string): boolean =>
    files.some((file) => path === file || path.startsWith(`${file}/`));
  const targetOf = (page: string, link: string): string => join(dirname(page), link.replace(/#.*$/, ''));
  const leftOut = PAGES.filter(isShipped).flatMap((page) =>
    linksOf(page)
      .filter((link) => !link.startsWith('#') && !isShipped(targetOf(page, link)))
      .map((link) => `${page}: ${link}`),
  );
  expect(leftOut).toEqual([]);
});

/** Those inside the house. */
function linksOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```.*?^```$/gms, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', section] = link.split('#');
  const path = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(ROOT, path))) return false;
  if (section === undefined) return true;
  const headings = readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].some(([, heading = '']) => anchorOf(heading) === section);
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-');
}
