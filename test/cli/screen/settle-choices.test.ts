import { describe, expect, it } from 'vitest';
import { settleChoices, type ChoosyInput, type Settled } from '../../../src/cli/screen/settle-choices.ts';
import { openInput, type InputOptions } from '../../../src/input/open-input.ts';
import { pieces } from '../../results/samples.ts';

const HEADER = 'Opportunity ID,ACE Opportunity ID,Entity ID,Related Entity';
const TEXT = `${HEADER}\nO1,O8,S-0000001,S-0000005\nO2,O9,S-0000002,S-0000006\n`;

interface Asked extends Settled {
  readonly said: string;
  readonly questions: number;
}

/** Settles a file in which two choices are open, with the answers that somebody types, one after the other. */
async function settled(
  typed: readonly string[] | undefined,
  options: InputOptions = {},
  earlier?: InputOptions,
): Promise<Asked> {
  let said = '';
  let questions = 0;
  const input: ChoosyInput = {
    name: 'people.csv',
    look: async (tried) => {
      const opened = await openInput({ name: 'people.csv', bytes: pieces(Buffer.from(TEXT)) }, tried);
      await opened.close();
    },
    ...(earlier !== undefined && { earlier: async () => earlier }),
  };
  const terminal = {
    canAsk: typed !== undefined,
    ask: async () => typed?.[questions++] ?? '',
    err: (text: string) => {
      said += text;
    },
  };
  return { ...(await settleChoices(input, options, terminal)), said, questions };
}

describe('settleChoices', () => {
  it('asks for each that is open, and tells the option that says the same', async () => {
    const { options, words, said, questions } = await settled(['2', '3']);
    expect(options).toEqual({ opportunityColumn: 'ACE Opportunity ID', entityColumn: 'Entity ID' });
    expect(words).toEqual(['--opportunity-column', 'ACE Opportunity ID', '--entity-column', 'Entity ID']);
    expect(said).toContain("As an option: --opportunity-column 'ACE Opportunity ID'\n");
    expect(questions).toBe(2);
  });

  it('asks for nothing that an option says', async () => {
    expect(await settled(['4'], { opportunityColumn: '1' })).toMatchObject({
      options: { opportunityColumn: '1', entityColumn: 'Related Entity' },
      words: ['--entity-column', 'Related Entity'],
    });
  });

  it('asks again after what is no answer, and never beyond an empty one', async () => {
    expect(await settled(['yes', '7', '1', ''])).toMatchObject({
      options: { opportunityColumn: 'Opportunity ID' },
      questions: 4,
    });
    const { said } = await settled(['yes', '7', '1', '']);
    expect(said).toContain('"yes" is none of them.\n');
    expect(said).toContain('"7" is none of them.\n');
    expect(await settled(['\n'])).toMatchObject({ options: {}, words: [], questions: 1 });
  });

  it('asks for nothing where nobody can answer', async () => {
    expect(await settled(undefined)).toEqual({ options: {}, words: [], said: '', questions: 0 });
  });

  it('takes what the run that goes on was told, with or without a terminal', async () => {
    const earlier = { opportunityColumn: 'Opportunity ID', entityColumn: 'Entity ID', sheet: '4' };
    for (const typed of [undefined, ['2', '4']]) {
      expect(await settled(typed, {}, earlier)).toMatchObject({
        options: { opportunityColumn: 'Opportunity ID', entityColumn: 'Entity ID' },
        said: '',
        questions: 0,
      });
    }
  });

  it('asks nothing about several columns that were named', async () => {
    const options = { opportunityColumn: '1', entityColumns: ['Entity ID', 'Related Entity'] };
    expect(await settled(['1'], options)).toMatchObject({ options, questions: 0 });
  });

  it('leaves what else is wrong to whoever reads the input', async () => {
    const options = { opportunityColumn: 'Nowhere' };
    expect(await settled(['1'], options)).toMatchObject({ options, questions: 0 });
  });
});
