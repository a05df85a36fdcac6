// Loaded before the measured program (node --import): leaves its cost where NOTED_COST says, as it ends.
import { readFileSync, writeFileSync } from 'node:fs';

const costFile = process.env['NOTED_COST'];

if (costFile !== undefined) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(costFile, JSON.stringify({ cpuMs: (user + system) / 1000, peakRssMb: peakRssMb() }));
  });
}

/** `maxRSS` survives an exec on Linux, and so may be the parent's; the kernel's own mark of this program is better. */
function peakRssMb() {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
