import type { StopSignal } from '../../calls/stop/stop-reasons.ts';
import type { StopTold } from '../../report/report.ts';
import type { RunStatus } from '../record/read-status.ts';
import type { ReportContext } from './report-context.ts';

/** Why a run stopped; `undefined` where it goes, or nothing tells. */
export function stopWords(status: RunStatus, spell: ReportContext['spell']): StopTold | undefined {
  if (status.journalFault !== undefined)
    return { why: `how far it came is not known, since its journal was changed (${status.journalFault})` };
  if (status.stop === undefined) return undefined;
  const { code, message } = status.stop;
  const [, signal = ''] = /\bby (SIG[A-Z]+)\b/.exec(message) ?? [];
  const by = SIGNALS[signal];
  return by === undefined ? { why: `${code.replaceAll('_', ' ')}: ${spell(message)}` } : { by };
}

/** Who sends them. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGINT: 'hand (Ctrl-C)',
  SIGTERM: 'the system or another program (SIGTERM)',
  SIGHUP: 'its terminal, which was closed',
} satisfies Record<StopSignal, string>;
