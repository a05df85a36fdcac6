import { describe, expect, it } from 'vitest';
import { ledgerFolder } from '../../../../src/store/files/ledger/ledger-folder.ts';

const stateHome = '/state';
const endpoint = 'https://partnercentral-selling.us-east-1.api.aws';

describe('ledgerFolder', () => {
  it('is named after account and endpoint, readably', () => {
    expect(ledgerFolder({ stateHome, account: '123456789012', endpoint })).toBe(
      '/state/oppsweep/ledger/123456789012@partnercentral-selling.us-east-1.api.aws',
    );
  });

  it('tells ports and paths apart', () => {
    const endpoints = [
      'http://127.0.0.1:4566',
      'http://127.0.0.1:4567',
      'http://127.0.0.1:4566/a',
      'http://[::1]:4566',
    ];
    const folders = endpoints.map((each) =>
      ledgerFolder({ stateHome, account: '123456789012', endpoint: each }),
    );
    expect(new Set(folders).size).toBe(endpoints.length);
    expect(folders[0]).toBe('/state/oppsweep/ledger/123456789012@127.0.0.1_4566');
    expect(
      folders.every((folder) => /^\/state\/oppsweep\/ledger\/[0-9]{12}@[a-z0-9._-]+$/.test(folder)),
    ).toBe(true);
  });

  it('is one for spellings of one endpoint', () => {
    const spelled = ledgerFolder({
      stateHome,
      account: '123456789012',
      endpoint: `${endpoint.toUpperCase()}/`,
    });
    expect(spelled).toBe(ledgerFolder({ stateHome, account: '123456789012', endpoint }));
  });

  it('does not show an access key that stands in for the account', () => {
    const folder = ledgerFolder({ stateHome, account: 'AKIAIOSFODNN7EXAMPLE', endpoint });
    expect(folder).not.toContain('AKIA');
    expect(folder).toMatch(/\/key-[0-9a-f]{16}@/);
  });
});
