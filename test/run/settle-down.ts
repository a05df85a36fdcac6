/** Until everything that can go on without the test has gone on: no file, socket or timer is waited for. */
export async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
