import { isChange, type EarlierResult } from '../../../model/outcome.ts';
import { isOperation } from '../../../model/operation.ts';
import { associationsOf } from '../../../model/row.ts';
import { nameOf } from '../../../model/words/since-words.ts';
import { isPlan } from '../../../store/given-terms.ts';
import type { RunContents, RunRecord, RunStore } from '../../../store/run-store.ts';
import { rowsSoFar } from '../../rows/rows-so-far.ts';
import { changedBefore } from '../changed-before.ts';
import { journalFault } from '../journal-fault.ts';
import { correctedSince, type Looking } from './corrected.ts';
import { earlierRun, undosOf } from './earlier-run.ts';
import { associationsBack } from './taken-back.ts';

/** How far it is known whose lines these are, and what became of them. */
export interface LookedBefore {
  /** Whether all runs stand beside this one whose lines these may be: else nobody knows of what was taken back. */
  readonly lookedAt: boolean;
  /** The input of this run, or of one before it, that no journal beside it proves: its lines say so, and nothing else does. */
  readonly asSaidBy?: string;
  /** The results of an undo whose journal is damaged: it may have taken any of them back. */
  readonly damaged?: string;
}

/** Rows that kept the line by which an earlier run's results tell of a change. */
export interface ChangedBefore extends LookedBefore {
  readonly rows: number;
  /** By undos of these; each row counts for the first. */
  readonly takenBack: readonly { readonly results: string; readonly rows: number }[];
}

/** The undos of the runs whose results, or results of results, were the input of a run: as far as they stand beside it. */
export interface UndosBefore extends LookedBefore {
  readonly undos: readonly RunRecord[];
}

type Run = Pick<RunContents, 'job' | 'places' | 'state'>;

export async function undosBefore(run: Run, looking: Looking): Promise<UndosBefore> {
  const undos: RunRecord[] = [];
  let later = run;
  let said: Pick<LookedBefore, 'asSaidBy'> = {};
  // Each is older than the one before.
  while (changedBefore(later.state) > 0) {
    const { input } = later.job;
    const earlier = await runBefore(later, looking.runs);
    if (said.asSaidBy === undefined && !(await isProven(input.sha256, earlier, looking)))
      said = { asSaidBy: nameOf(input.name) };
    if (earlier === undefined) return { lookedAt: false, ...said, undos };
    const beside = await undosOf(earlierRun(earlier), looking.runs);
    // A damaged journal tells nothing: whether that undo took any back is not known.
    for (const undo of beside)
      if ((await journalFault(undo)) !== undefined)
        return { lookedAt: false, ...said, damaged: nameOf(undo.places.results), undos };
    undos.push(...beside);
    later = earlier;
  }
  return { lookedAt: true, ...said, undos };
}

/** Whether that run left these results, or somebody corrected in them what is no run's word. */
async function isProven(sha256: string, run: RunRecord | undefined, looking: Looking): Promise<boolean> {
  if (run === undefined) return false;
  if (run.state.end?.resultsSha256 === sha256) return true;
  const corrected = await correctedSince(run, looking);
  return corrected?.sha256 === sha256;
}

/** The run whose results were the input: as it left them, or by their name, since people correct them. */
async function runBefore(
  { job, places }: Run,
  runs: Pick<RunStore, 'beside'>,
): Promise<RunRecord | undefined> {
  const { results, run: name = results } = places;
  const found = await runs.beside({
    name,
    is: ({ terms, at }) => at < job.at && isOperation(terms['command']) && !isPlan(terms),
  });
  const finished = found
    .filter(({ state }) => state.end !== undefined)
    .toSorted((left, right) => left.job.at.localeCompare(right.job.at));
  const before =
    finished.findLast(({ state }) => state.end?.resultsSha256 === job.input.sha256) ??
    finished.findLast((one) => nameOf(one.places.results) === nameOf(job.input.name));
  return before !== undefined && (await journalFault(before)) === undefined ? before : undefined;
}

/** By which undo a line's change was taken back; none of those that were over before it was made. */
export type BackBeforeOf = (line: EarlierResult) => RunRecord | undefined;

export async function readBackBefore({ undos }: UndosBefore): Promise<BackBeforeOf> {
  const found: { readonly undo: RunRecord; readonly fromMs: number; readonly back: ReadonlySet<string> }[] =
    [];
  for (const undo of undos)
    found.push({ undo, fromMs: Date.parse(undo.job.at), back: await associationsBack([undo]) });
  return ({ cells, finishedAt = 0 }) => {
    const {
      opportunity_id: opportunity = '',
      entity_id: entity = '',
      replacement_id: replacement = '',
    } = cells;
    const held = associationsOf(opportunity, [entity, replacement]);
    return found.find(({ fromMs, back }) => finishedAt <= fromMs && held.some((one) => back.has(one)))?.undo;
  };
}

/** `undefined` of a run whose own rows are all that it tells of. */
export async function countChangedBefore(
  run: RunContents,
  looking: Looking,
): Promise<ChangedBefore | undefined> {
  const rows = changedBefore(run.state);
  if (rows === 0) return undefined;
  const { undos, ...looked } = await undosBefore(run, looking);
  return { rows, ...looked, takenBack: await countBack(run, { undos, ...looked }) };
}

/** None where the copy of the input is gone: its own command tells of that. */
async function countBack(run: RunContents, before: UndosBefore): Promise<ChangedBefore['takenBack']> {
  if (before.undos.length === 0) return [];
  const backOf = await readBackBefore(before);
  const counted = new Map<string, number>();
  try {
    for await (const told of rowsSoFar(run, (sentence) => sentence)) {
      if (told?.by !== 'earlier results' || !isChange(told.line.status)) continue;
      const undo = backOf(told.line);
      if (undo === undefined) continue;
      const { results } = undo.places;
      counted.set(results, (counted.get(results) ?? 0) + 1);
    }
  } catch {
    return [];
  }
  return [...counted].map(([results, number]) => ({ results, rows: number }));
}
