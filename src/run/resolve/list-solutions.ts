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
export function emulatorWithoutSolutions(): RunError {
  return new RunError('usage', 'The emulator of the rehearsal has no solutions to list.', {
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
