import { createHash } from 'node:crypto';
import type { OpportunityId } from '../model/entity.ts';
import { headerText, type ResultsForm } from '../results/results-csv.ts';
import type { KeptMembers } from '../store/journal-line.ts';
import { keptSurvey } from './request/kept-survey.ts';
import type { Survey } from './request/survey-input.ts';
import type { DigestSoFar } from './run-digest.ts';

/** A session's work up to a mark, as far as no entry of the journal tells it. */
export interface Kept {
  /** Who wrote the results so far, and how: lines of another form can't follow them. */
  readonly form: string;
  readonly digest: DigestSoFar;
  /** A few opportunities that the service has answered for, the newest last. */
  readonly answered: readonly OpportunityId[];
}

/** `tool`: this version, whose reading of the input the survey is. */
export function keptMembers(kept: Kept, survey: Survey, tool: string): KeptMembers {
  return { ...kept, tool, survey: keptSurvey(survey) };
}

/** The same, read back; `undefined` where another form of results, or another version, was at work. */
export function keptIn(members: KeptMembers, form: string): Kept | undefined {
  // Whoever wrote this form of results is this very version of the tool, and the journal's checksums show it was not changed.
  return members['form'] === form ? (members as unknown as Kept) : undefined;
}

/** Tells forms of results apart: the tool and its version, the columns, and what becomes of cells and sentences. */
export function formOf(form: ResultsForm, tool: string): string {
  const { defuseAll, spell } = form;
  const parts = [tool, headerText(form), form.dialect, defuseAll, spell !== undefined];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
