import { createHash, createHmac } from 'node:crypto';
import { EMULATOR_CREDENTIALS, type Emulator } from '../../src/emulator/emulator.ts';

interface RawRequest {
  /** A header that is undefined here is left out of what is signed. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** The headers that a signature made by hand adds: it covers the headers that it is told to, `names` in their order. */
export function signRaw(
  emulator: Emulator,
  { headers, body }: RawRequest,
  names?: readonly string[],
): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const values: RawRequest['headers'] = { host: new URL(emulator.url).host, 'x-amz-date': date, ...headers };
  const signed =
    names ??
    Object.keys(values)
      .filter((name) => values[name] !== undefined)
      .toSorted();
  const lines = signed.map((name) => `${name}:${values[name.toLowerCase()] ?? ''}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${signed.join(';')}\n${sha256(body)}`;
  const scope = [date.slice(0, 8), 'us-east-1', 'partnercentral-selling', 'aws4_request'];
  const key = scope.reduce<Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    Buffer.from(`AWS4${EMULATOR_CREDENTIALS.secretAccessKey}`),
  );
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope.join('/')}\n${sha256(canonical)}`;
  const fields = [
    `Credential=${EMULATOR_CREDENTIALS.accessKeyId}/${scope.join('/')}`,
    `SignedHeaders=${signed.join(';')}`,
    `Signature=${createHmac('sha256', key).update(toSign).digest('hex')}`,
  ];
  return { 'x-amz-date': date, authorization: `AWS4-HMAC-SHA256 ${fields.join(', ')}` };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
