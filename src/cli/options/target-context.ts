import type { TargetContext } from '../../run/request/run-target.ts';
import { ask } from '../process/ask.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** The process's environment, and its terminal for codes of MFA devices. */
export function targetContextOf({ terminal }: ProcessContext): TargetContext {
  return { env: terminal.env, askCode: terminal.canAsk ? askForCode : undefined };
}

function askForCode(serial: string, signal: AbortSignal): Promise<string> {
  return ask(`Code of the MFA device ${serial}: `, signal);
}
