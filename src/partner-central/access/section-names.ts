/**
 * AWS's JavaScript reader takes only some characters in the names of sections, and only keys in lower case; the AWS CLI
 * takes more. So that both read the same, a file's text is put into the reader's own form before it reads.
 */
const READERS_OWN = /^[\w@+.:/-]+$/;

/** A name in the characters that the reader takes; most names stay as they are. */
export function encodeName(name: string): string {
  if (READERS_OWN.test(name)) return name;
  return encodeURIComponent(name).replace(
    /[!~*'()]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The name as its file has it. */
export function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** A shared file's text, with section names and keys as the reader takes them; `profile "a b"` stands in the config file. */
export function readersForm(text: string, file: 'config' | 'credentials'): string {
  return text
    .split(/\r?\n/)
    .map((line) => headerOf(line, file) ?? settingOf(line) ?? line)
    .join('\n');
}

function headerOf(line: string, file: 'config' | 'credentials'): string | undefined {
  const inside = /^\s*\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
  if (inside === undefined || inside === '') return undefined;
  const [, kind, name] = (file === 'config' && /^(profile|services|sso-session)\s+(.+)$/.exec(inside)) || [];
  return kind === undefined || name === undefined
    ? `[${encodeName(inside)}]`
    : `[${kind} ${encodeName(unquoted(name))}]`;
}

function settingOf(line: string): string | undefined {
  const [, indent, key, sign, value] = /^(\s*)([^\s#;[=][^=]*?)(\s*=\s*)(.*)$/.exec(line) ?? [];
  if (key === undefined || value === undefined) return undefined;
  const name = key.toLowerCase();
  // The one reference that the reader's own callers look up.
  const read = name === 'sso_session' ? encodeName(value.split(/\s[;#]/, 1)[0]?.trim() ?? '') : value;
  return `${indent}${name}${sign}${read}`;
}

function unquoted(name: string): string {
  return /^(["'])(.*)\1$/.exec(name)?.[2] ?? name;
}
