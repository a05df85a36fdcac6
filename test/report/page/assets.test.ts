import { expect, it } from 'vitest';
import { assetText, readStyle } from '../../../src/report/page/assets.ts';

it('a part of the page that the installation lacks is named, with what to do', () => {
  expect(readStyle()).toContain('{');
  expect(() => assetText('lost.css')).toThrow(
    expect.objectContaining({
      code: 'output_unwritable',
      message: expect.stringContaining('this installation of oppsweep lacks lost.css') as unknown,
      advice: { code: 'install_again' },
    }) as Error,
  );
});
