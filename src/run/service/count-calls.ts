import type { PartnerCentral } from '../../partner-central/connect.ts';
import type { CallCounts } from '../../store/summary.ts';

/** A connection that counts what goes through it. */
export interface CountedCalls {
  readonly partnerCentral: PartnerCentral;
  readonly counts: () => CallCounts;
}

export function countCalls(partnerCentral: PartnerCentral): CountedCalls {
  const counts = { writes: 0, reads: 0, throttles: 0 };
  const seen = <A extends { readonly ok: boolean; readonly fault?: { readonly kind: string } }>(
    answer: A,
  ): A => {
    if (answer.fault?.kind === 'throttled') counts.throttles += 1;
    return answer;
  };
  return {
    partnerCentral: {
      write: async (write, signal) => {
        counts.writes += 1;
        return seen(await partnerCentral.write(write, signal));
      },
      readOpportunity: async (id, signal) => {
        counts.reads += 1;
        return seen(await partnerCentral.readOpportunity(id, signal));
      },
      listOpportunities: async (asked, signal) => {
        counts.reads += 1;
        return seen(await partnerCentral.listOpportunities(asked, signal));
      },
      listSolutions: async (asked, signal) => {
        counts.reads += 1;
        return seen(await partnerCentral.listSolutions(asked, signal));
      },
      close: partnerCentral.close,
    },
    counts: () => ({ ...counts }),
  };
}
