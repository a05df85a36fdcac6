import type { TargetContext } from '../../run/request/run-target.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** The process's environment, and its terminal for codes of MFA devices. */
export function targetContextOf({ terminal }: ProcessContext): TargetContext {
  const askCode = (serial: string, signal: AbortSignal): Promise<string> =>
    terminal.ask(`Code of the MFA device ${serial}: `, signal);
  return { env: terminal.env, askCode: terminal.canAsk ? askCode : undefined };
}
