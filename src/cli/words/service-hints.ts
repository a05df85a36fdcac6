import type { ServiceAdvice } from '../../model/advice.ts';
import type { Hints } from './hints.ts';
import { GO_ON } from './stop-codes.ts';

export const SERVICE_HINTS: Hints<ServiceAdvice> = {
  wait_for_quota: () => `Wait until quota frees (it is counted over a rolling 24 hours). ${GO_ON}`,
  lower_reserve: () => 'Give a smaller --reserve, or a larger --daily-quota if the account has one.',
  allow_reading: () =>
    `Ask for partnercentral:GetOpportunity on this catalog (a run needs it for --protect-last, a plan always). ${GO_ON}`,
  name_region: ({ region }) =>
    `Name the service's region with --region ${region}, or leave --region out. ${GO_ON}`,
  sign_in: ({ command, profile }) => `Run \`${command}${forProfile(profile)}\`, then the same command again.`,
  find_credentials: ({ profile = 'NAME' }) =>
    `Sign in with \`aws sso login --profile ${profile}\` and give --profile ${profile}, ` +
    'or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary ones), ' +
    'or set AWS_PROFILE. To rehearse without an account, give --emulator.',
  write_url_in_full: ({ example }) => `Write it in full, such as ${example}.`,
  write_url_alone: ({ example }) => `Give scheme, host, port and path alone, such as ${example}.`,
  write_proxy_in_full: () => 'Write it in full, such as http://proxy.example:3128, or unset it.',
  unset_fips_or_endpoint: () => 'Unset one of the two: FIPS endpoints are AWS’s own.',
  service_region: ({ region }) =>
    `Leave --region out, or give --region ${region}; another region goes with --endpoint-url.`,
  lower_fault_shares: () =>
    'A call meets at most one fault: lower the shares so that they add up to 100% or less.',
  known_faults: ({ kinds }) => `Write KIND=P%, such as throttle=5%. Kinds: ${kinds}.`,
  list_solutions: () =>
    'A list of solutions is a CSV with the columns Id, Name, Status (Active, Inactive, Draft), Category and AwsMarketplaceSolutionArn, of which only Id is needed.',
};

function forProfile(profile: string | undefined): string {
  return profile === undefined ? '' : ` --profile ${profile}`;
}
