import type { Session } from '../../store/sessions.ts';
import type { ReportContext } from './report-context.ts';

/** Options of each session, as they are typed; `undefined` where none were recorded. */
export function sessionOptions(
  sessions: readonly Session[],
  { optionWords }: Pick<ReportContext, 'optionWords'>,
): readonly (string | undefined)[] {
  return sessions.map(({ options }) => (options === null ? undefined : optionWords(options)));
}
