import type { ServiceAdvice } from '../../../model/advice.ts';
import type { Hints } from './hint-table.ts';
import { shellWords } from './shell-words.ts';
import { GO_ON, REHEARSE } from './stop-codes.ts';

export const SERVICE_HINTS: Hints<ServiceAdvice> = {
  wait_for_quota: () => `Wait until quota frees (it is counted over a rolling 24 hours). ${GO_ON}`,
  lower_reserve: () => 'Give a smaller --reserve, or a larger --daily-quota if the account has one.',
  allow_reading: () =>
    `Ask for partnercentral:GetOpportunity on this catalog (a run needs it for --protect-last, a plan always). ${GO_ON}`,
  allow_action: ({ action }) =>
    `Check that you are signed in to the account linked to Partner Central, and that its IAM policy allows ${action} on this catalog. ${GO_ON}`,
  name_region: ({ region }) => `Name the service's region with --region ${region}, or leave --region out.`,
  sign_in: ({ command, profile }) => `Run \`${command}${forProfile(profile)}\`, then the same command again.`,
  sign_in_as_before: ({ caller }) =>
    `Sign in as ${caller} and run the same command again; for another caller of the same account the same command goes on as well, as a session of its own.`,
  sign_in_to_account: ({ account }) =>
    `Sign in to ${account}, such as by a profile of it (--profile NAME), and run the same command again. Nothing was sent.`,
  find_credentials: ({ profile = 'NAME' }) =>
    `Sign in with \`aws sso login${forProfile(profile)}\` and give${forProfile(profile)}, ` +
    'or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary ones), ' +
    `or set AWS_PROFILE. ${REHEARSE}`,
  write_url_in_full: ({ example }) => `Write it in full, such as ${example}.`,
  write_url_alone: ({ example }) => `Give scheme, host, port and path alone, such as ${example}.`,
  write_proxy_in_full: () =>
    'Write it as http://proxy.example:3128 or http://name:password@proxy.example:3128, or unset it. In a name or password % is written %25, # is %23, @ is %40, / is %2F and : is %3A.',
  mend_proxy: ({ from }) =>
    `Check the address in ${from}, with the name and password that the proxy may want (http://name:password@proxy.example:3128), and that the proxy lets calls through to that host; or set NO_PROXY to go there directly. ${GO_ON}`,
  unset_fips_or_endpoint: () => 'Unset one of the two: FIPS endpoints are AWS’s own.',
  service_region: ({ region }) =>
    `Leave --region out, or give --region ${region}; another region goes with --endpoint-url.`,
  known_profiles: ({ profiles }) =>
    profiles.length === 0
      ? 'There is no profile at all: run `aws configure sso`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
      : `Give one of those that there are with --profile: ${profiles.map((name) => shellWords([name])).join(', ')}.`,
  mend_services: () =>
    'Write the section, or take the line out of the profile. As it stands, the calls would go to AWS itself.',
  ask_config_permission: () =>
    'Make it readable, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE. It is not passed over: it may say where the calls are to go.',
  name_certificates: () =>
    'Name a file with certificates in PEM form by --ca-bundle, AWS_CA_BUNDLE or ca_bundle of the profile, or unset it.',
  mend_helper: () =>
    'Run the command by hand, as the profile has it: it has to print a JSON object with Version 1, AccessKeyId and SecretAccessKey, and nothing else.',
  try_helper: () =>
    `Run the helper's command by hand, as the profile has it: it tells there what it lacks. ${GO_ON}`,
  mend_profile: () => 'Mend the profile in AWS’s shared files, or name another one with --profile.',
  mend_keys: () =>
    `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary ones) anew, each in one line, or unset them and sign in to a profile (aws sso login, and --profile): that can be waited for, keys of the environment can’t. ${GO_ON}`,
  allow_role: () =>
    `Check account and role in the profile, and that the role's trust policy and your own allow it. ${GO_ON}`,
  export_credentials: ({ profile }) =>
    `Run \`eval "$(aws configure export-credentials${forProfile(profile)} --format env)"\`, which asks for the code; then the same command without --profile.`,
  run_again_for_code: () =>
    'Run the same command again in a terminal: it asks for the code, and goes on where this one stopped.',
  lower_fault_shares: () =>
    'A call meets at most one fault: lower the shares so that they add up to 100% or less.',
  known_faults: ({ kinds }) => `Write KIND=P%, such as throttle=5%. Kinds: ${kinds}.`,
  check_export_filters: () =>
    'Look at --stage, --review-status, --customer, --modified-after and --created-after: the service takes at most ten values of each.',
  move_file_away: () => 'Move it elsewhere, and run the same command again: nothing is read twice.',
  put_unread_back: () => 'Put it back beside the export, or export again.',
  export_to_compare: () =>
    'Export again, and compare that: oppsweep export FILE.csv --catalog AWS -o now.csv reads what the opportunities of a file hold now.',
  export_alike: () =>
    'Export both with the same options, from the same file of opportunities if there is one, and compare these.',
  allow_listing: () =>
    'Nothing was sent. Check the catalog, and that partnercentral:ListSolutions is allowed; a file of pairs (--replace-map FILE.csv), and identifiers in place of names, do without it.',
  pair_solutions: () =>
    'Nothing was sent. Link them in Partner Central, or name the pairs in a file of two columns, old and new: --replace-map FILE.csv.',
  give_emulator_solutions: () =>
    'Name a CSV of them with --emulator-solutions FILE.csv: Id, Name, Status, AwsMarketplaceSolutionArn; only Id is needed.',
  list_solutions: () =>
    'A list of solutions is a CSV with the columns Id, Name, Status (Active, Inactive, Draft), Category and AwsMarketplaceSolutionArn, of which only Id is needed.',
};

function forProfile(profile: string | undefined): string {
  return profile === undefined ? '' : ` --profile ${shellWords([profile])}`;
}
