import type { StoreAdvice } from '../../../model/advice.ts';
import { fileWord, shellWords } from './shell-words.ts';
import type { Hints } from './hint-table.ts';

const BEGIN_AGAIN = 'begin again with --restart (the old run is set aside, never deleted)';

/** A worker has other runs, too: it is not stopped for the sake of one. */
function letGoByWorker(purpose: string): string | undefined {
  const [, run] = /^oppsweep worker, at (.+)$/.exec(purpose) ?? [];
  if (run === undefined) return undefined;
  const [stop, resume] = ['stop', 'resume'].map((what) => `oppsweep fleet ${what} ${shellWords([run])}`);
  return `Wait for that worker to finish the run, or have it let go (${stop}) and run this command again; ${resume} gives the run back to the workers.`;
}

export const STORE_HINTS: Hints<StoreAdvice> = {
  restore_folder: () => `Restore the folder from a backup, or ${BEGIN_AGAIN}.`,
  restore_copy: () => `Restore it from a backup, or ${BEGIN_AGAIN}.`,
  restore_changed_folder: () =>
    'It was changed by something other than oppsweep, and going on could repeat or lose calls. Restore the folder from a backup, or begin again with --restart: the old run is set aside, never deleted.',
  restore_to_look: () =>
    'Restore the run’s folder from a backup. What is sound without it: status --verify tells.',
  begin_again: () =>
    'The copy or the journal was changed by something else. Begin again with --restart: the old run is set aside, never deleted.',
  make_ledger_writable: () =>
    'No call is made that is not in the ledger. Free some space or give write access to its folder, then run this command again.',
  leave_run_alone: () =>
    'Nothing but one oppsweep may write there: find out what did. Then run the same command again, and it goes on with what stands there.',
  move_other_file_away: () =>
    'Move that file elsewhere, then run the same command again: nothing is sent twice, and the results get their name.',
  wait_for_holder: ({ host, path }) =>
    `Wait for that process, or stop it and run this command again. If no such process exists on ${host}, remove ${path}.`,
  wait_for_holder_in_store: ({ host, purpose }) =>
    letGoByWorker(purpose) ??
    `Wait for that process, or stop it and run this command again. One that is gone from ${host} lets go of it within 20 seconds.`,
  ask_store_owner: () =>
    'Check name, password and database, and that this user may make and change tables in the schema oppsweep; its administrator can tell.',
  write_store_in_full: ({ example }) =>
    `Write it in full, such as ${example}. In a user's name or password % is written %25, # is %23, ? is %3F, @ is %40, / is %2F and : is %3A.`,
  known_ssl_modes: ({ modes }) => `There are: ${modes.join(', ')}.`,
  mend_store_tls: () =>
    'With sslmode the server has to offer TLS, and a certificate that this machine trusts (sslrootcert=FILE names who signed it): turn it on there, or leave sslmode out of the URL, if the way to the store is safe without.',
  mend_host: () =>
    'Give this host credentials that are good, as the AWS CLI finds them (the role of an instance or a container, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; sign in again where a sign-in has ended), and start the worker again. Workers of other hosts go on with its runs.',
  install_newer: () => 'Install the version that the other processes of this store have.',
  install_node: () =>
    'Install a newer Node (22 LTS or later). Runs without --store need no more than this one.',
  install_pg: () =>
    'Install it beside oppsweep: npm install pg (npm install -g pg where oppsweep is global).',
  install_pg_boss: () =>
    'Install both beside oppsweep: npm install pg pg-boss (npm install -g where oppsweep is global).',
  give_store: () => 'Give --store postgres://user@host/database, or set OPPSWEEP_STORE.',
  name_fleet: () => 'Give this one another name with --run, such as --run spring-2.',
  name_results_folder: () => 'Name a folder with --output, such as --output results.',
  submit_again: () =>
    'Nothing was queued. Check the network, the proxy and this machine’s clock, and AWS_ENDPOINT_URL_STS where an emulator stands for the service; then run the same command again.',
  mend_accounts: () => 'Nothing was queued. Mend the file, then run the same command again.',
  name_account_column: ({ columns }) => `Name one of its columns: ${shellWords(columns)}.`,
  resume_fleet_run: ({ run }) =>
    `Have them go on with oppsweep fleet resume ${shellWords([run])}, or name another run with --run.`,
  resume_at_limit: ({ run }) => {
    const resume = `oppsweep fleet resume ${shellWords([run])}`;
    return `Look at the results so far. ${resume} then does as many more; with --limit unlimited, all the others.`;
  },
  write_fleet_results: ({ run }) =>
    `It is finished, and oppsweep fleet results ${shellWords([run])} -o results writes what it did; or name another run with --run.`,
  look_at_fleet: () => 'Where each run of the fleets stands: oppsweep fleet status.',
  stop_fleet: ({ fleet }) =>
    `Stop it (oppsweep fleet stop ${shellWords([fleet])}), and run this command again once the calls under way are finished.`,
  fetch_results: ({ fleet, run }) => {
    const results =
      fleet && `oppsweep fleet results ${shellWords([fleet])} -o results writes what is finished`;
    const page = run && `oppsweep report ${shellWords([run])} makes a page of what is not finished`;
    const first = [results, page].filter((words) => words !== undefined).join('; ');
    return `First: ${first}. Or add --yes: then nobody can tell any more what was sent.`;
  },
  finish_undo: ({ run }) =>
    `Finish it first, by the same command as before (oppsweep undo ${shellWords([run])}).`,
  known_runs: ({ names }) =>
    names.length === 0 ? 'Submit one with oppsweep fleet submit.' : `There are: ${shellWords(names)}.`,
  name_store: () => 'Give --store postgres://user@host/database too, or leave --run out.',
  name_run_of_account: ({ names }) =>
    `Say which: ${shellWords(names)}. undo takes it in place of the results (undo ${shellWords(names.slice(0, 1))}), other commands with --run.`,
  remove_lock_file: () => 'If no other oppsweep process is running, remove it and run this command again.',
  name_writable_output: () => 'Name a place that can be written with --output.',
  name_shorter_output: () => 'Name shorter results with --output.',
  begin_without_copy: () => 'Leave --use-copy out to begin one.',
  keep_options: () =>
    `Go on with the same options as before, name other results with --output, or ${BEGIN_AGAIN}.`,
  use_copy_or_begin_again: () =>
    'Go on with the file as it was then with --use-copy, or begin again with the file as it is now with --restart (the old run is set aside, never deleted).',
  go_on_with_copy: () => 'Go on with that copy with --use-copy, or check the name and the folder.',
  name_other_results: () =>
    'Name other results with --output, or begin with --restart: what is there is renamed, never deleted.',
  make_results_folder: ({ folder }) =>
    `Make the folder (${shellWords(['mkdir', '-p', fileWord(folder)])}), or name another place with --output.`,
  name_a_run: () => 'Name the results of a run (people.results.csv) or its folder (people.oppsweep).',
};
