import { isAwsOwn } from '../../../model/catalog.ts';

/** Of a run's terms, or its summary. */
interface Where {
  readonly command?: string;
  readonly catalog?: string;
  /** Its origin, or `emulator`. */
  readonly endpoint?: string;
}

export function isRehearsalAt({ endpoint }: Where): boolean {
  return endpoint === 'emulator';
}

/** Whether what was done was done to anybody's data, and to whose: the endpoint is told where it is not AWS's own. */
export function whereWords({ command = 'run', catalog = 'not known', endpoint = '' }: Where): string {
  if (isRehearsalAt({ endpoint })) return 'A rehearsal against the emulator: nothing was changed at AWS.';
  const isOwn = URL.canParse(endpoint) && isAwsOwn(new URL(endpoint));
  return `${command} on catalog ${catalog}${isOwn || endpoint === '' ? '' : ` at ${endpoint}`}`;
}
