// Adds up what the reporters in `test/reporters.ts` left: what failed and why, a line a suite, and in the end a line over all of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '';
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of readdirSync(folder).toSorted()) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  for (const file of report.testResults) process.stdout.write(failures(name, file));
  // A file that could not be loaded has no tests that could fail.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  // An error between the tests, such as one that nobody caught, fails the suite though no test failed.
  if (!report.success && counts.failed === 0) counts.failed = 1;
  for (const [what, count] of Object.entries(counts)) total[what] += count;
  process.stdout.write(`${name}: ${words(counts)}\n`);
}
// No test at all is a failure, too.
if (total.passed === 0) total.failed += 1;
process.stdout.write(`${words(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @returns what a run of thousands of lines would hide, said once more where its reader looks: at its end */
function failures(suite, { name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && status === 'failed') return `\nFAILED ${suite}: ${name}\n${excerpt(message)}\n`;
  return failed
    .map(
      (test) =>
        `\nFAILED ${suite}: ${name} > ${test.fullName}\n${excerpt(test.failureMessages.join('\n'))}\n`,
    )
    .join('');
}

function excerpt(text) {
  const lines = text.split('\n').filter((line) => !line.includes('node_modules'));
  return lines.slice(0, 20).join('\n');
}

function words({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
