import { describe, expect, it } from 'vitest';
import { decisionIn } from '../../../../src/input/columns/decisions/decision-names.ts';

describe('a column that is not read', () => {
  it.each([
    ['Note', ['', 'Keep'], 'Keep'],
    ['Status', ['open', 'do not remove!'], 'do not remove!'],
    ['Action', ['remove', 'remove'], ''],
    ['Löschen?', ['ja'], ''],
    ['Delete', [], ''],
    ['Approved for removal', ['Yes'], ''],
    ['Removal approved?', ['Y'], ''],
    ['OK to remove', ['no'], ''],
    ['In scope', ['Yes'], ''],
    ['Still needed', ['No'], ''],
    ['no_longer_needed', ['x'], ''],
    ['toBeRemoved', ['x'], ''],
    ['Include', ['x'], ''],
    ['Selected', ['TRUE'], ''],
    ['Result of review', ['ours'], ''],
    ['Remove after', ['2026-01-01'], ''],
    ['Zu löschen', ['ja'], ''],
    ['À supprimer', ['oui'], ''],
    ['Remarks', ['', 'Bob: leave it, still needed!'], 'Bob: leave it, still needed!'],
    ['Customer', ['Acme (KEEP)'], 'Acme (KEEP)'],
    ['Customer', ['Acme - do not remove!'], 'Acme - do not remove!'],
    ['Next Step', ['keep'], 'keep'],
    ['Decision', ['on hold'], 'on hold'],
    ['Review', ['on hold'], 'on hold'],
    ['Keep solution', ['x'], ''],
    ['Retain this', ['x'], ''],
    ['Comment', ['customer wants to keep this one'], 'customer wants to keep this one'],
    ['Note', ['please keep - customer active'], 'please keep - customer active'],
    ['Note', ['keep  for now'], 'keep  for now'],
    ['Note', ['Ann says: don’t delete yet'], 'Ann says: don’t delete yet'],
    ['Notiz', ['bitte behalten'], 'bitte behalten'],
    ['Anmerkung', ['Wird noch benötigt'], 'Wird noch benötigt'],
    ['Commentaire', ['à garder, merci'], 'à garder, merci'],
    ['Nota', ['por favor, no eliminar'], 'por favor, no eliminar'],
    ['Nota', ['não remover ainda'], 'não remover ainda'],
  ])('named %s with %j decides, by %j', (name, values, decides) => {
    expect(decisionIn(name, values)).toBe(decides);
  });

  it.each([
    ['Note', ['keeper', 'we keep in touch']],
    ['Stage', ['Launched', 'no']],
    ['Actionable', []],
    [
      'Notes',
      ['called, keep them informed', 'no answer', 'not yet', 'will keep up with Ann', 'customer on hold'],
    ],
    ['Account', ['Keep Network Ltd', 'Data Keep']],
    ['Comments', ['keep the customer informed']],
    ['Next Step', ['Leave a message', 'keep an eye on the budget']],
    ['Opportunity Name', ['Keep the lights on', 'Keep it simple']],
    ['Customer', ['KEEP NETWORK LTD', 'Behalten & Söhne']],
    ['Owner email', ['keep@x.com']],
    ['Comments', ['mail keep@x.com', 'see https://x.com/keep/this']],
    ['Next Step', ['Keep warm', 'keep the momentum']],
    ['Notes', ['keep warm until March']],
    ['Status', ['On hold', 'hold']],
    ['Retain support', ['yes']],
    ['Remaining budget', ['100']],
    ['Is Deleted', ['false']],
    ['Decision Maker', ['Ann']],
    ['Project scope', ['migration']],
    ['Support needed', ['Co-Sell']],
    ...[
      'Review Status',
      'Status',
      'Owner',
      'Partner Project Title',
      'Included services',
      'Customer Retention Rate',
    ].map((name): [string, string[]] => [name, ['Approved']]),
  ])('named %s with %j decides nothing', (name, values) => {
    expect(decisionIn(name, values)).toBeUndefined();
  });
});
