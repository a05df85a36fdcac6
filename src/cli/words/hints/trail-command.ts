import type { WriteOperation } from '../../../model/call.ts';

/** The AWS CLI's command that lists the calls of an operation in CloudTrail's event history. */
export function trailCommand(operation: WriteOperation, fromIso: string, toIso: string): string {
  return [
    `aws cloudtrail lookup-events --start-time ${fromIso} --end-time ${toIso} \\`,
    `  --lookup-attributes AttributeKey=EventName,AttributeValue=${operation} \\`,
    "  --query 'Events[].CloudTrailEvent' --output text",
  ].join('\n');
}
