import type { Hold } from '../model/call.ts';
import type { OutageNews } from './stop/inquire.ts';
import { watchOutages, type OutageOptions, type Outages } from './stop/outages.ts';
import type { PartnerCentral } from '../partner-central/connect.ts';
import { notePace } from './note-pace.ts';
import type { ReadContext } from './paced-read.ts';

/** Parts that probes need. */
export interface ProbeContext extends Pick<ReadContext, 'readPace' | 'readDay' | 'stopSwitch' | 'clock'> {
  readonly partnerCentral: Pick<PartnerCentral, 'readOpportunity'>;
  /** The run's own; that of an outage ends by what a probe finds. */
  readonly hold: Hold;
}

/** The watch on outages of one session; its probes are reads, paced and counted as all are. */
export function openOutages(
  { readPace, readDay, partnerCentral, stopSwitch, clock, hold }: ProbeContext,
  limits: Pick<OutageOptions, 'slots' | 'waitMs'>,
  news: OutageNews,
): Outages {
  return watchOutages({
    ...limits,
    news,
    stopSwitch,
    clock,
    probe: async (id, signal) => {
      const answer = await readPace.schedule({
        count: readDay.take,
        call: (leaves) => partnerCentral.readOpportunity(id, signal, leaves),
        priority: 'retry',
        signal,
        hold,
      });
      notePace(readPace, answer);
      return answer;
    },
  });
}
