/** A line about a credential helper that takes its time. */
export function helperWords(profile: string): string {
  return `Waiting for the helper of profile "${profile}" (credential_process), for up to a minute.\n`;
}
