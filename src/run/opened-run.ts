import type { ResolvedTerms } from '../store/journal-line.ts';
import type { RowsSoFar } from '../store/journal-state.ts';
import type { RunLease, SessionStart } from '../store/run-store.ts';
import type { JobContext } from './job-context.ts';
import type { RunRequest } from './request/run-request.ts';
import type { RereadableInput, Survey } from './request/survey-input.ts';
import type { OpenService } from './service/open-service.ts';

/** A run that has been opened, with what was found in it and the service it is to call. */
export interface OpenedRun {
  readonly request: RunRequest;
  readonly job: JobContext;
  readonly lease: RunLease;
  /** The rows that earlier sessions have begun, and what undos have taken back of them. */
  readonly unsettled: RowsSoFar['unsettled'];
  readonly session: SessionStart;
  readonly input: RereadableInput;
  readonly survey: Survey;
  readonly service: OpenService;
  /** What the run's terms came to. */
  readonly resolved: ResolvedTerms | undefined;
}
