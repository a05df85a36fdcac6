import type { Operation } from './operation.ts';
import type { RowStatus } from './outcome.ts';
import type { RowField } from './problem.ts';

/** The columns that a row is read from, by the part they play. */
export type ColumnRole = Exclude<RowField, 'row'>;

/**
 * The next step after an error: a stable code, with the facts that a sentence about it needs. The sentence itself, and how
 * an option is spelt, is the command line's; a caller of the library words its own.
 */
export type Advice = InputAdvice | StoreAdvice | ServiceAdvice | CommandAdvice;

/** One of several columns or sheets that may be meant. */
export interface Choice {
  /** From 1, as the file has it. */
  readonly position: number;
  /** The option's value that settles it, before a shell quotes it. */
  readonly value: string;
  /** Its name as messages show it. */
  readonly name: string;
  /** Some of what it holds. */
  readonly holds: readonly string[];
}

export type InputAdvice =
  | { readonly code: 'check_file_name'; readonly notUtf8?: true }
  | { readonly code: 'check_input_disk' }
  | { readonly code: 'ask_read_permission' }
  | { readonly code: 'ask_owner' | 'asks_again' }
  | { readonly code: 'name_file_in_folder' }
  | { readonly code: 'export_empty_again' }
  | { readonly code: 'export_again' }
  | { readonly code: 'check_rows'; readonly input: string }
  | { readonly code: 'mend_state'; readonly state: string }
  | { readonly code: 'fetch_gzip_again' }
  | { readonly code: 'end_inside_character' }
  // A file of another kind.
  | { readonly code: 'save_as_csv' }
  | { readonly code: 'remove_password' }
  | { readonly code: 'choose_sheet'; readonly sheet: string; readonly choices?: readonly Choice[] }
  | { readonly code: 'save_sheet_alone' }
  | { readonly code: 'calculate_workbook' }
  | { readonly code: 'part_merged_cells' }
  | { readonly code: 'clear_struck' }
  | { readonly code: 'leave_sheet_out' }
  | { readonly code: 'unpack' }
  | { readonly code: 'export_as_csv' }
  | { readonly code: 'ask_for_csv' }
  | { readonly code: 'save_text_as_csv' }
  | { readonly code: 'convert_json' }
  | { readonly code: 'name_results_of_summary'; readonly results: string }
  // How it is written.
  | { readonly code: 'known_encodings' }
  | { readonly code: 'export_or_name_encoding' }
  | { readonly code: 'name_delimiter' }
  // `separator`: what stands between the cells of a header that was read as one; `tab` or the mark itself.
  | { readonly code: 'separator_seen'; readonly separator: string }
  | { readonly code: 'no_separator' }
  | { readonly code: 'file_cut_at_zeros' }
  // Rows are numbered as a spreadsheet numbers them.
  | { readonly code: 'close_quote'; readonly row: number }
  | { readonly code: 'close_quote_or_restore_line_ends'; readonly row: number }
  | { readonly code: 'mend_row_in_editor' }
  | { readonly code: 'same_fields' }
  // Columns; `column` is how an option names it: by its name where that is its own, else by its position; `replacement`, the one that takes its place.
  | {
      readonly code: 'choose_column';
      readonly role: ColumnRole;
      readonly column: string;
      readonly choices: readonly Choice[];
    }
  | { readonly code: 'name_column'; readonly role: ColumnRole; readonly example: string }
  | {
      readonly code: 'likely_columns';
      readonly role: ColumnRole;
      readonly column: string;
      readonly replacement?: string;
      readonly entity?: string;
      readonly shown: readonly string[];
      readonly choices: readonly Choice[];
    }
  | {
      readonly code: 'choose_column_by_position';
      readonly role: ColumnRole;
      readonly position: number;
      readonly choices: readonly Choice[];
    }
  | { readonly code: 'copy_column_name'; readonly columns: number }
  | { readonly code: 'one_column_a_role' }
  // A selection of rows.
  | { readonly code: 'write_condition' }
  | { readonly code: 'copy_value' }
  // Two conditions in place of one; absent where it would be too long to type.
  | {
      readonly code: 'say_which_cells';
      readonly leaveOut: string | undefined;
      readonly take: string | undefined;
    }
  | { readonly code: 'widen_selection' }
  // Replacements that no column gives.
  | { readonly code: 'name_a_solution' }
  | { readonly code: 'mend_map' }
  | { readonly code: 'name_map_columns' }
  | { readonly code: 'map_straight' }
  | { readonly code: 'one_end' }
  | { readonly code: 'swap_back' }
  | { readonly code: 'one_replacement' }
  // Positions from 1; 0 where none is known.
  | {
      readonly code: 'add_header';
      readonly opportunity: number;
      readonly type: number;
      readonly entity: number;
    }
  | { readonly code: 'move_header_up' }
  | { readonly code: 'move_cells_up' }
  | { readonly code: 'split_at_header'; readonly row: number }
  | { readonly code: 'restore_result_columns'; readonly columns: readonly string[] };

export type StoreAdvice =
  | { readonly code: 'restore_folder' | 'restore_copy' | 'restore_changed_folder' | 'restore_to_look' }
  | { readonly code: 'begin_again' }
  | { readonly code: 'make_ledger_writable' }
  | { readonly code: 'leave_run_alone' }
  | { readonly code: 'move_other_file_away' }
  // Who holds it, and the file that says so.
  | { readonly code: 'wait_for_holder'; readonly host: string; readonly path: string }
  | { readonly code: 'wait_for_holder_in_store'; readonly host: string; readonly purpose: string }
  | { readonly code: 'ask_store_owner' }
  | { readonly code: 'write_store_in_full'; readonly example: string }
  | { readonly code: 'known_ssl_modes'; readonly modes: readonly string[] }
  | { readonly code: 'install_newer' | 'install_node' | 'install_pg' | 'install_pg_boss' }
  | { readonly code: 'give_store' | 'name_store' | 'name_fleet' | 'submit_again' | 'name_results_folder' }
  | { readonly code: 'mend_accounts'; readonly also?: readonly Advice[] }
  | { readonly code: 'name_account_column'; readonly columns: readonly string[] }
  | { readonly code: 'resume_fleet_run' | 'resume_at_limit' | 'write_fleet_results'; readonly run: string }
  | { readonly code: 'finish_undo'; readonly run: string }
  | { readonly code: 'stop_fleet'; readonly fleet: string }
  | { readonly code: 'look_at_fleet' | 'mend_store_tls' | 'mend_host' }
  // A fleet with results, and a run that has none; either may be absent.
  | { readonly code: 'fetch_results'; readonly fleet: string | undefined; readonly run: string | undefined }
  | { readonly code: 'known_runs'; readonly names: readonly string[] }
  // Their names, with their accounts.
  | { readonly code: 'name_run_of_account'; readonly names: readonly string[] }
  | { readonly code: 'remove_lock_file' }
  | { readonly code: 'name_writable_output' }
  | { readonly code: 'name_shorter_output' }
  | { readonly code: 'begin_without_copy' }
  | { readonly code: 'keep_options' }
  | { readonly code: 'use_copy_or_begin_again' }
  | { readonly code: 'go_on_with_copy' }
  | { readonly code: 'name_other_results' }
  | { readonly code: 'make_results_folder'; readonly folder: string }
  | { readonly code: 'name_a_run' };

export type ServiceAdvice =
  | { readonly code: 'wait_for_quota' }
  | { readonly code: 'lower_reserve' }
  | { readonly code: 'allow_reading' }
  // As an IAM policy names it: `partnercentral:DisassociateOpportunity`.
  | { readonly code: 'allow_action'; readonly action: string }
  | { readonly code: 'name_region'; readonly region: string }
  // `command`: what renews the sign-in.
  | {
      readonly code: 'sign_in';
      readonly command: 'aws login' | 'aws sso login';
      readonly profile: string | undefined;
    }
  // `caller`: whose the session was.
  | { readonly code: 'sign_in_as_before'; readonly caller: string }
  | { readonly code: 'find_credentials'; readonly profile: string | undefined }
  | { readonly code: 'write_url_in_full'; readonly example: string }
  | { readonly code: 'write_url_alone'; readonly example: string }
  | { readonly code: 'write_proxy_in_full' }
  // `from`: the variable that names it.
  | { readonly code: 'mend_proxy'; readonly from: string }
  | { readonly code: 'unset_fips_or_endpoint' }
  | { readonly code: 'service_region'; readonly region: string }
  | { readonly code: 'sign_in_to_account'; readonly account: string }
  | { readonly code: 'known_profiles'; readonly profiles: readonly string[] }
  | { readonly code: 'mend_services' }
  | { readonly code: 'ask_config_permission' }
  | { readonly code: 'name_certificates' }
  | { readonly code: 'mend_helper' }
  | { readonly code: 'try_helper' }
  | { readonly code: 'mend_profile' }
  | { readonly code: 'mend_keys' }
  | { readonly code: 'allow_role' }
  | { readonly code: 'export_credentials'; readonly profile: string }
  | { readonly code: 'run_again_for_code' }
  | { readonly code: 'lower_fault_shares' }
  | { readonly code: 'known_faults'; readonly kinds: string }
  | { readonly code: 'list_solutions' }
  | { readonly code: 'allow_listing' }
  | { readonly code: 'pair_solutions' }
  | { readonly code: 'give_emulator_solutions' }
  | { readonly code: 'check_export_filters' }
  | { readonly code: 'put_unread_back' }
  | { readonly code: 'export_to_compare' }
  | { readonly code: 'export_alike' }
  | { readonly code: 'move_file_away' };

export type CommandAdvice =
  | { readonly code: 'name_command'; readonly input: string }
  | { readonly code: 'name_catalog' }
  | { readonly code: 'say_it_on_the_command_line'; readonly variable: string; readonly option: string }
  | { readonly code: 'rename_variable' }
  | { readonly code: 'mend_variable'; readonly variable: string }
  | { readonly code: 'name_catalog_or_rehearse' }
  | { readonly code: 'settle_catalog' }
  | { readonly code: 'name_results' }
  | { readonly code: 'name_export' }
  | { readonly code: 'leave_filters_or_file' }
  | { readonly code: 'spare_the_input' }
  | { readonly code: 'name_results_of_a_run' }
  | { readonly code: 'name_other_statuses' }
  | { readonly code: 'replace_as_before'; readonly option: string; readonly value: string }
  | { readonly code: 'read_first' }
  | { readonly code: 'name_log' }
  | { readonly code: 'rehearse_or_leave_out' }
  | { readonly code: 'log_or_leave_out' }
  | { readonly code: 'plan_instead' }
  | { readonly code: 'say_what_is_meant' }
  | { readonly code: 'undo_again' }
  | {
      readonly code: 'run_as_before';
      readonly operation: Operation;
      readonly statuses: readonly RowStatus[];
    }
  | { readonly code: 'say_which_changes' }
  | { readonly code: 'say_which_identifiers' }
  | { readonly code: 'confirm_or_rehearse' }
  | { readonly code: 'confirm_or_sandbox' }
  | { readonly code: 'confirm' }
  // `file`: which of the files that check and compare write.
  | { readonly code: 'name_two_files' }
  | { readonly code: 'name_cleaned_file' }
  | { readonly code: 'name_writable_file'; readonly file: CheckFile }
  | { readonly code: 'name_new_file'; readonly file: CheckFile }
  | { readonly code: 'make_folder'; readonly file: CheckFile }
  | { readonly code: 'name_first_input' }
  | { readonly code: 'name_one_column' }
  | { readonly code: 'stop_then_undo' }
  | { readonly code: 'undo_a_run' }
  | { readonly code: 'undo_where_it_ran' }
  | { readonly code: 'put_folder_back' }
  | { readonly code: 'install_again' };

export type CheckFile = 'fixed' | 'problems' | 'changes' | 'report';
