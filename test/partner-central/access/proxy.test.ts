import { describe, expect, test } from 'vitest';
import { RunError } from '../../../src/model/run-error.ts';
import { proxyFor, type Proxy } from '../../../src/partner-central/access/proxy.ts';

const AWS = 'https://sts.us-east-1.amazonaws.com';

function proxy(env: Readonly<Record<string, string>>, url = AWS): Proxy | undefined {
  return proxyFor(new URL(url), env);
}

function refusal(env: Readonly<Record<string, string>>): RunError {
  try {
    proxy(env);
  } catch (error) {
    if (error instanceof RunError) return error;
  }
  throw new Error('It was taken for a proxy.');
}

describe('the proxy', () => {
  test('is HTTPS_PROXY’s for https, HTTP_PROXY’s for http, and neither for the other', () => {
    const env = { HTTPS_PROXY: 'http://secure:1', HTTP_PROXY: 'http://plain:2' };
    expect(proxy(env)?.origin).toBe('http://secure:1');
    expect(proxy(env, 'http://service.example')?.origin).toBe('http://plain:2');
    expect(proxy({ HTTP_PROXY: 'http://plain:2' })).toBeUndefined();
    expect(proxy({ HTTPS_PROXY: 'http://secure:1' }, 'http://service.example')).toBeUndefined();
  });

  test('is the spelling’s in small letters, even where that is empty', () => {
    expect(proxy({ HTTPS_PROXY: 'big:1', https_proxy: 'small:2' })).toEqual({
      origin: 'http://small:2',
      from: 'https_proxy',
    });
    expect(proxy({ HTTPS_PROXY: 'big:1', https_proxy: '' })).toBeUndefined();
  });

  test.each([
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['//proxy.example:3128', 'http://proxy.example:3128'],
    ['HTTP://proxy.example:3128/', 'http://proxy.example:3128'],
    ['https://proxy.example', 'https://proxy.example'],
    ['[::1]:3128', 'http://[::1]:3128'],
  ])('%s is %s', (text, origin) => {
    expect(proxy({ HTTPS_PROXY: text })).toEqual({ origin, from: 'HTTPS_PROXY' });
  });

  test('gets the name and password that its URL has, unescaped, and its origin holds neither', () => {
    const { origin, token } = proxy({ HTTPS_PROXY: 'ana:p%23%25%40w@proxy:3128' }) ?? {};
    expect(origin).toBe('http://proxy:3128');
    expect(Buffer.from(token?.replace('Basic ', '') ?? '', 'base64').toString()).toBe('ana:p#%@w');
  });

  test.each([
    'http://ana:p#w@proxy:3128',
    'http://ana#b:pw@proxy:3128',
    'http://ana:100%@proxy:3128',
    'http://ana:p/w@proxy:3128',
    'socks5://proxy:1080',
    'http://proxy:port',
    'http://',
  ])('%s is none: its variable is named, and how to escape', (text) => {
    const error = refusal({ https_proxy: text });
    expect(error).toMatchObject({ code: 'usage', advice: { code: 'write_proxy_in_full' } });
    expect(error.message).toBe('https_proxy is no URL of an http or https proxy.');
  });
});

describe('no proxy is asked', () => {
  test.each(['http://127.0.0.1:8080', 'http://localhost', 'https://[::1]:1', 'http://127.1.2.3'])(
    'for this machine itself: %s',
    (url) => {
      expect(proxy({ HTTP_PROXY: 'p:1', HTTPS_PROXY: 'p:1' }, url)).toBeUndefined();
    },
  );

  test.each([
    ['*', true],
    ['sts.us-east-1.amazonaws.com', true],
    ['amazonaws.com', true],
    ['.amazonaws.com', true],
    ['*.amazonaws.com', true],
    ['other.example, AMAZONAWS.com ', true],
    ['other.example amazonaws.com', true],
    ['notamazonaws.com,sts.us-east-1', false],
    ['sts.us-east-1.amazonaws.com:8443', false],
    ['', false],
    [',', false],
  ])('for a host that NO_PROXY covers: %j, %s', (spared, isSpared) => {
    expect(proxy({ HTTPS_PROXY: 'p:1', NO_PROXY: spared }) === undefined).toBe(isSpared);
  });

  test('for a port that NO_PROXY covers', () => {
    const env = { HTTPS_PROXY: 'p:1', no_proxy: 'service.example:8443' };
    expect(proxy(env, 'https://service.example:8443')).toBeUndefined();
    expect(proxy(env, 'https://service.example')).toBeDefined();
  });
});
