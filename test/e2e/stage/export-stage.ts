import { people } from './people.ts';
import { runProgram, startProgram, type Ended, type Running, type Surroundings } from './program.ts';
import { runHere } from './program-here.ts';
import { startStageEmulator, type StageEmulator } from './stage-emulator.ts';
import { makeWorkFolder, type Test, type WorkFolder } from './work-folder.ts';

/** A pipeline in an emulator, and the command that exports it. */
export interface ExportStage {
  readonly folder: WorkFolder;
  readonly emulator: StageEmulator;
  readonly surroundings: Surroundings;
  readonly start: (...args: readonly string[]) => Running;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  /** The same by the built program, in a process. */
  readonly runBuilt: ExportStage['run'];
}

export const HEADER =
  'Opportunity ID,Entity Type,Related Entity,Stage,Review Status,Customer,Project Title,Partner CRM ID,Last Modified';
/** Of every command that exports here. */
export const OPTIONS: readonly string[] = ['--catalog', 'Sandbox', '--read-rate', 'unlimited'];

/** A pipeline of so many opportunities; each third carries S-0000001 too, each fifth holds nothing. */
function pipeline(count: number): string {
  const lines = people(count).flatMap(({ opportunityId, entityId }, index) => {
    const details = `Launched,${index % 7 === 0 ? 'In review' : 'Approved'},"Customer, ${index % 4}",Move ${index},CRM-${index},2025-06-01T12:00:00.000Z`;
    if (index % 5 === 4) return [`${opportunityId},,,${details}`];
    const own = `${opportunityId},Solutions,${entityId},${details}`;
    return index % 3 === 0 ? [own, `${opportunityId},Solutions,S-9000001,${details}`] : [own];
  });
  return [HEADER, ...lines, ''].join('\n');
}

export async function setExportStage(
  task: Test,
  count: number,
  emulatorOptions: readonly string[] = [],
): Promise<ExportStage> {
  const folder = makeWorkFolder(task);
  folder.write('pipeline.csv', pipeline(count));
  const emulator = await startStageEmulator(task, folder.at('pipeline.csv'), emulatorOptions);
  const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };
  return {
    folder,
    emulator,
    surroundings,
    start: (...args) => startProgram(['export', ...args, ...OPTIONS], surroundings),
    run: (...args) => runHere(['export', ...args, ...OPTIONS], surroundings),
    runBuilt: (...args) => runProgram(['export', ...args, ...OPTIONS], surroundings),
  };
}

/** An export's lines below its header, without its mark. */
export function linesOf(text: string): string[] {
  return text.replace('\uFEFF', '').split('\r\n').slice(1, -1);
}

/** Lines of the pipeline that name an entity. */
export function associationsOf(folder: WorkFolder): string[] {
  return folder
    .read('pipeline.csv')
    .split('\n')
    .slice(1, -1)
    .filter((line) => !line.includes(',,,'));
}

export const ofExport = (folder: WorkFolder): readonly string[] =>
  folder.names().filter((name) => !name.startsWith('home') && name !== 'pipeline.csv');

/** Opportunities that were asked for. */
export async function readsOf(emulator: StageEmulator): Promise<number> {
  return (await emulator.counts()).operations.GetOpportunity.received;
}
