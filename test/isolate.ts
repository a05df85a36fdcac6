import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// Every test file gets a home of its own: no test reads or writes the user's AWS configuration or state.
const home = mkdtempSync(join(tmpdir(), 'oppsweep-home-'));

for (const name of Object.keys(process.env)) {
  if (name.startsWith('AWS_')) delete process.env[name];
}
process.env['HOME'] = home;
process.env['USERPROFILE'] = home;
process.env['XDG_STATE_HOME'] = join(home, 'state');
process.env['AWS_CONFIG_FILE'] = join(home, 'no-config');
process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(home, 'no-credentials');
process.env['AWS_EC2_METADATA_DISABLED'] = 'true';

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});
