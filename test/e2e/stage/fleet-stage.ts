import { people, peopleCsv } from './people.ts';
import { runProgram, startProgram, type Ended, type Running } from './program.ts';
import { setStage, type Stage } from './stage.ts';
import type { Test } from './work-folder.ts';

/** Of every profile of a stage. */
export const SECRET = 'emulator-loopback-only-opens-nothing-000';

/** Accounts with a profile and a file each, before one emulator and one store. */
export interface FleetStage extends Stage {
  readonly accounts: readonly string[];
  readonly oppsweep: (...args: readonly string[]) => Promise<Ended>;
  readonly begin: (...args: readonly string[]) => Running;
}

/** `in/fleet.csv` names all of them; `rows` are those of each. */
export async function fleetStage(
  task: Test,
  store: string,
  size: { readonly accounts: number; readonly rows: number },
): Promise<FleetStage> {
  const accounts = Array.from({ length: size.accounts }, (_, n) => String(111_122_223_301 + n));
  const stage = await setStage(task, size.rows * size.accounts);
  const { folder, emulator } = stage;
  const rows = people(size.rows * size.accounts);
  accounts.forEach((account, n) =>
    folder.write(`in/${account}.csv`, peopleCsv(rows.slice(n * size.rows, (n + 1) * size.rows))),
  );
  folder.write('in/fleet.csv', `profile,file\n${accounts.map((of) => `p${of},${of}.csv`).join('\n')}\n`);
  const profiles = accounts.map(
    (of) => `[p${of}]\naws_access_key_id = OPPSWEEP${of}\naws_secret_access_key = ${SECRET}\n`,
  );
  const env = {
    ...folder.env,
    ...emulator.env,
    AWS_ENDPOINT_URL_STS: emulator.url,
    AWS_SHARED_CREDENTIALS_FILE: folder.write('home/keys', profiles.join('\n')),
    OPPSWEEP_STORE: store,
  };
  const surroundings = { path: folder.path, env };
  return {
    ...stage,
    surroundings,
    accounts,
    oppsweep: (...args) => runProgram(args, surroundings),
    begin: (...args) => startProgram(args, surroundings),
  };
}
