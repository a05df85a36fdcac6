import type { WriteOperation } from '../../../model/call.ts';
import { fileWord, shellWords } from './shell-words.ts';

/** The region of Partner Central's only endpoint: CloudTrail has its calls there, and in no other. */
const REGION = 'us-east-1';

/** The AWS CLI's command that lists the calls of an operation in CloudTrail's event history, for `joinCommand`. */
export function trailCommand(operation: WriteOperation, fromIso: string, toIso: string): string {
  return [
    `aws cloudtrail lookup-events --region ${REGION} --output json \\`,
    `  --start-time ${fromIso} --end-time ${toIso} \\`,
    `  --lookup-attributes AttributeKey=EventName,AttributeValue=${operation} > ${fileOf(operation)}`,
  ].join('\n');
}

/** The command that lays results beside what those commands have listed. */
export function joinCommand(results: string, operations: readonly WriteOperation[]): string {
  const files = shellWords([fileWord(results), ...operations.map(fileOf)]);
  return `node samples/join-cloudtrail.mjs ${files} > joined.csv`;
}

function fileOf(operation: WriteOperation): string {
  return `${operation}.json`;
}
