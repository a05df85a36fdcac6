import { describe, expect, it } from 'vitest';
import type { Solution } from '../../../src/emulator/partner/solution.ts';
import { readSolutions } from '../../../src/run/request/read-solutions.ts';

const ARN = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-a';

function solutionsIn(text: string): Promise<readonly Solution[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text.slice(0, 5));
    yield Buffer.from(text.slice(5));
  }
  return readSolutions('solutions.csv', bytes());
}

describe('readSolutions', () => {
  it('reads what ListSolutions is to answer', async () => {
    expect(
      await solutionsIn(
        'Id,Name,Status,Category,AwsMarketplaceSolutionArn\r\n' +
          `S-0000001,"Ledger, new",active,Consulting Service,${ARN}\r\nS-0000002,Old,Draft,,\r\n`,
      ),
    ).toEqual([
      {
        id: 'S-0000001',
        name: 'Ledger, new',
        status: 'Active',
        category: 'Consulting Service',
        marketplaceArn: ARN,
      },
      { id: 'S-0000002', name: 'Old', status: 'Draft', category: 'Software Product' },
    ]);
  });

  it('needs identifiers alone, however the file is written', async () => {
    expect(await solutionsIn('\uFEFFname;Solution ID\n\nLedger, new;S-1\n')).toMatchObject([
      { id: 'S-1', name: 'Ledger, new', status: 'Active' },
    ]);
    expect(await solutionsIn('Id\nS-1\n')).toMatchObject([{ id: 'S-1', name: 'Solution S-1' }]);
  });

  it.each([
    ['', 'input_columns', 'no column of solutions'],
    ['Name,Status\nLedger,Active\n', 'input_columns', 'no column of solutions'],
    [
      'Id,Status\nS-1,Active\nS-2,Retired\n',
      'input_format',
      'row 2 below the header: "Retired" is no status',
    ],
    ['Id,Name\n,Ledger\n', 'input_format', 'row 1 below the header: there is no identifier'],
    ['Id,Name\nS-1,"Ledger\n', 'input_format', "can't be read as CSV"],
  ])('refuses %j', async (text, code, message) => {
    await expect(solutionsIn(text)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
      advice: { code: 'list_solutions' },
    });
  });
});
