import type { CheckFile, CommandAdvice } from '../../../model/advice.ts';
import { commandLine, shellWords } from './shell-words.ts';
import type { Hints } from './hint-table.ts';

const FILE_OPTIONS: Readonly<Record<CheckFile, string>> = {
  fixed: '--fixed',
  problems: '--problems',
  changes: '--output',
  report: '--output',
};

export const COMMAND_HINTS: Hints<CommandAdvice> = {
  name_command: ({ input }) =>
    `To remove the associations that it names: ${commandLine({ command: 'disassociate', file: input })}; --help tells what else there is.`,
  say_it_on_the_command_line: ({ variable, option }) =>
    `Unset ${variable}, and give ${option} on the command line of the run that it is meant for.`,
  mend_variable: ({ variable }) => `Mend ${variable}, or unset it.`,
  rename_variable: () => 'Rename it, or unset it.',
  name_catalog: () => 'Give --catalog AWS (live data) or --catalog Sandbox (isolated testing).',
  name_catalog_or_rehearse: () =>
    'Add --catalog AWS (live data) or --catalog Sandbox (isolated testing), or rehearse with --emulator.',
  settle_catalog: () => 'Leave one of the two out.',
  name_export: () => 'Name it with --output, such as --output now.csv.',
  leave_filters_or_file: () => 'Leave the file out, or the filters.',
  name_results: () => 'Name the results with --output, such as --output done.csv.',
  spare_the_input: () => 'Name other results with --output.',
  name_results_of_a_run: () => 'Name the results (people.results.csv), or leave --only out.',
  name_other_statuses: () => 'Name other statuses with --only, or leave it out to run all rows.',
  replace_as_before: ({ option, value }) =>
    `Nothing was sent. Give --${option} ${shellWords([value])} again, or write them back into the column replacement_id. Rows that are to stay: delete their lines. To remove some with nothing in their place, give them in a file of their own.`,
  say_what_is_meant: () =>
    'Nothing was sent. Say which lines are meant with --entities or --where (of results, with --only), export with --entities or --types, or, if all of them are to go, add --all-lines. What a run did is taken back by undo.',
  undo_again: () =>
    'Nothing was sent. What failed of it is tried again by the same oppsweep undo with --restart, which looks first and leaves what is undone.',
  run_as_before: ({ operation, statuses }) => {
    const opposite =
      statuses.length === 0
        ? ''
        : ` If the opposite is meant, say of which rows: --only ${statuses.join(',')}.`;
    return `Nothing was sent. To go on with these rows, run oppsweep ${operation}. To take back what was done, run oppsweep undo on these results.${opposite}`;
  },
  say_which_changes: () =>
    'Nothing was sent. Say which lines are meant, such as --where Change=added, or, if all of them are to go, add --all-lines.',
  say_which_identifiers: () =>
    'Nothing was sent. Say which are meant with --entities or --where, name their columns with --entity-column, or, if all of them are to go, add --all-lines.',
  plan_instead: () =>
    'Ask plan, which reads only: oppsweep plan, with the same options and --catalog AWS. Or give a file of pairs of identifiers.',
  name_log: () => 'Name another file with --log-file.',
  log_or_leave_out: () =>
    'Name the log with --log-file, such as --log-file run.log, or leave --log-format out.',
  rehearse_or_leave_out: () => 'Leave --real-time out, or rehearse with --emulator.',
  read_first: () => 'Leave --no-preflight out.',
  confirm_or_rehearse: () => 'Add --yes if that is meant. To rehearse, use --emulator or --catalog Sandbox.',
  confirm_or_sandbox: () => 'Add --yes if that is meant. To rehearse, use --catalog Sandbox.',
  confirm: () => 'Run the same command again, or with --yes.',
  name_two_files: () => 'Name two files.',
  name_cleaned_file: () => 'Add --fixed FILE, or leave --accept-suggestions out.',
  name_writable_file: ({ file }) => `Name a place that can be written with ${FILE_OPTIONS[file]}.`,
  name_new_file: ({ file }) => `Name another file with ${FILE_OPTIONS[file]}.`,
  make_folder: ({ file }) => `Make the folder, or name another place with ${FILE_OPTIONS[file]}.`,
  name_one_column: () =>
    'Leave --fixed out (--problems lists what is wrong), or name one with --entity-column.',
  name_first_input: () => 'Name the file that the run was begun with.',
  stop_then_undo: () => 'Stop it (Ctrl-C) or wait for its end, then undo it.',
  undo_a_run: () =>
    'Undo takes the results of disassociate or associate. To take an undo back, run the first command again with --restart.',
  undo_where_it_ran: () => 'Give the same --catalog and endpoint as the run had.',
  put_folder_back: () =>
    'What a run changed is known from its folder alone (people.oppsweep beside people.results.csv). Move it back beside the results.',
  install_again: () =>
    'Install oppsweep again, then run the same command again; without --report a run needs none of it.',
};
