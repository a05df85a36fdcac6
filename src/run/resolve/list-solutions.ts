import type { InputOptions } from '../../input/columns/input-options.ts';
import { looksLikeProductCode } from '../../input/values/identifier-shape.ts';
import { showValue } from '../../input/values/show-value.ts';
import { mayNameSolution } from '../../input/values/solution-name.ts';
import { pacedRead, type ReadContext } from '../../calls/paced-read.ts';
import { accessDenied, serviceUnreachable } from '../../calls/stop/stop-reasons.ts';
import { READ_ACTIONS, type Hold, type ListedSolution } from '../../model/call.ts';
import type { Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';
import type { PartnerCentral } from '../../partner-central/connect.ts';

/** What listing needs: calls, paced and tried again as all reads are. */
export interface ListContext extends ReadContext {
  readonly partnerCentral: Pick<PartnerCentral, 'listSolutions'>;
  readonly hold?: Hold | undefined;
}

/** All solutions of the partner, whole: in a list that was read in part nobody knows what is missing. */
export async function listSolutions(context: ListContext): Promise<readonly ListedSolution[]> {
  const solutions: ListedSolution[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const answer = await pacedRead(context, {
      ask: (signal, leaves) => context.partnerCentral.listSolutions({ nextToken: token }, signal, leaves),
      ...(context.hold !== undefined && { hold: context.hold }),
      judge: async () => 'row',
    });
    if (!answer.ok) throw listingFailed(answer.fault);
    solutions.push(...answer.items);
    ({ nextToken } = answer);
  } while (nextToken !== undefined);
  return solutions;
}

/** A rehearsal has only what it is given: nobody could tell which solution is meant, or whose place it takes. */
export function emulatorWithoutSolutions({
  replaceWith,
  entities = [],
}: Pick<InputOptions, 'replaceWith' | 'entities'>): RunError {
  const given = [replaceWith, ...entities].find(
    (value) => value !== undefined && mayNameSolution(value) && !looksLikeProductCode(value),
  );
  // It may be an identifier with a slip in it.
  const lookedUp =
    given === undefined
      ? ''
      : ` ${showValue(given)} has no shape of an identifier, and was to be looked up as the name of one.`;
  return new RunError('usage', `The emulator of the rehearsal has no solutions to list.${lookedUp}`, {
    code: 'give_emulator_solutions',
  });
}

function listingFailed(fault: Fault): RunError {
  if (fault.kind === 'denied') return accessDenied(fault, READ_ACTIONS.solutions);
  if (fault.kind !== 'refused') return serviceUnreachable(fault, 'listing solutions');
  const { exception, message } = fault;
  return new RunError('usage', `The service refused to list solutions: ${exception}: ${message}`, {
    code: 'allow_listing',
  });
}
