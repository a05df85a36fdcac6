/** Node waits for these when it ends, however it is ended: they are calls of the system that nothing can cancel. */
const WAITED_FOR = /^(GetAddrInfo|GetNameInfo|FSReq)/;

/** Most such calls end of themselves in this time. */
const PATIENCE_MS = 500;

/**
 * Ends the process as stopped by a signal. A handshake or a helper that hangs would hold it up for as long as it hangs;
 * where a name lookup or a file hangs even `exit` would wait: the signal itself then ends the process, and a shell sees the
 * same code.
 */
export function leave(signal: 'SIGINT' | 'SIGTERM', exitCode: number): void {
  if (!isHeld()) process.exit(exitCode);
  process.exitCode = exitCode;
  setTimeout(() => {
    if (!isHeld()) process.exit(exitCode);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }, PATIENCE_MS).unref();
}

function isHeld(): boolean {
  return process.getActiveResourcesInfo().some((resource) => WAITED_FOR.test(resource));
}
