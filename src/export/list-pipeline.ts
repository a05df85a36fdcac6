import type { PageAnswer } from '../model/call.ts';
import type { OpportunityId } from '../model/entity.ts';
import { oneLine, type Fault } from '../model/fault.ts';
import { RunError } from '../model/run-error.ts';
import type { KeptList } from './folder/kept-list.ts';

/** Asks for a page, tried again as calls are; a fault is the service's own "no". Rejects with what stops the export. */
export type AskPage = (token: string | undefined) => Promise<PageAnswer<OpportunityId>>;

/** So often in a row a list is begun again; a service that refuses its own tokens would be asked for ever. */
const MOST_BEGINNINGS = 5;

/** Reads what is left of the list. A token that is refused, since it is too old perhaps, begins the list again. */
export async function listPipeline(list: KeptList, ask: AskPage, told: () => void): Promise<void> {
  let refusals = 0;
  while (!list.isWhole()) {
    const token = list.nextToken();
    const answer = await ask(token);
    if (answer.ok) {
      await list.keep(answer.items, answer.nextToken);
      told();
      continue;
    }
    refusals += 1;
    if (token === undefined || refusals >= MOST_BEGINNINGS) throw listRefused(answer.fault);
    await list.beginAgain();
    told();
  }
}

function listRefused(fault: Fault): RunError {
  return new RunError('usage', `The service refused to list opportunities: ${oneLine(fault)}`, {
    code: 'check_export_filters',
  });
}
