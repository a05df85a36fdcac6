import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate authority of the test's own: nobody trusts it who isn't told to. */
export interface OwnCa {
  /** Its certificate, PEM. */
  readonly pem: string;
  /** A server's certificate and key for these host names and addresses. */
  readonly issue: (...hosts: readonly string[]) => { readonly cert: string; readonly key: string };
}

export function makeCa(name = 'A CA of the test'): OwnCa {
  const own = keys();
  const pem = certificate(
    { subject: name, issuer: name, publicKey: own.publicKey, hosts: [] },
    own.privateKey,
  );
  return {
    pem,
    issue: (...hosts) => {
      const { publicKey, privateKey } = keys();
      const cert = certificate({ subject: hosts[0] ?? '', issuer: name, publicKey, hosts }, own.privateKey);
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

function keys(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

interface Certified {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  /** None: a CA's. */
  readonly hosts: readonly string[];
}

/** X.509 version 3 (RFC 5280), in just the parts that a TLS client looks at. */
function certificate({ subject, issuer, publicKey, hosts }: Certified, issuerKey: KeyObject): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const extensions =
    hosts.length === 0
      ? [extension('2.5.29.19', sequence(tagged(0x01, Buffer.from([0xff]))))]
      : [extension('2.5.29.17', sequence(...hosts.map(altName)))];
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    algorithm,
    named(issuer),
    sequence(time('20200101000000Z'), time('20991231235959Z')),
    named(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', content, issuerKey);
  const der = sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function tagged(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((value) => {
    const sevens = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) sevens.unshift((left & 0x7f) | 0x80);
    return sevens;
  });
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function named(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from(commonName)))));
}

function time(text: string): Buffer {
  return tagged(0x18, Buffer.from(text));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tagged(0x04, value));
}

function altName(host: string): Buffer {
  const numbers = host.split('.').map(Number);
  const isAddress = numbers.length === 4 && numbers.every((part) => Number.isInteger(part));
  return isAddress ? tagged(0x87, Buffer.from(numbers)) : tagged(0x82, Buffer.from(host));
}
