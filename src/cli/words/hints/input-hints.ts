import type { InputAdvice } from '../../../model/advice.ts';
import { COLUMN_OPTIONS } from './column-options.ts';
import type { Hints } from './hint-table.ts';
import { commandLine, fileWord, shellWords, whereWords } from './shell-words.ts';

const FROM_EXCEL =
  'Open it in Excel, LibreOffice or Google Sheets, choose Save as (or Download) and the type "CSV UTF-8 (comma delimited)", and give that file.';

export const INPUT_HINTS: Hints<InputAdvice> = {
  check_file_name: ({ notUtf8 }) =>
    notUtf8 === true
      ? 'Rename it, or give it by standard input: - in place of the name, and < before it.'
      : 'Check the name and the folder; a name with spaces needs quotes.',
  check_input_disk: () =>
    'Check the disk or the network share it lies on, or copy it to this machine, then try again.',
  asks_again: () => 'The same command asks again.',
  ask_owner: () =>
    'It is kept from this user: run the same command as the user who has it, or have the permissions changed by that one.',
  ask_read_permission: () =>
    'Ask its owner for read permission, or copy it to a folder of yours. Close it if Excel has it open.',
  name_file_in_folder: () => 'Name the CSV file in it.',
  export_empty_again: () => 'Export it again; the disk may have been full, or the wrong file was named.',
  export_again: () => 'Export it again.',
  check_rows: ({ input }) => `To see why: ${commandLine({ command: 'check', file: input })}`,
  mend_state: ({ state }) =>
    `Correct each such row, or take it out where what it names is meant to be missing. To see them: ${commandLine({ command: 'check', file: state })}`,
  fetch_gzip_again: () => 'Copy or download it again, or unpack it yourself and use the .csv.',
  end_inside_character: () =>
    'The file was cut short, or something was appended to it in another encoding: copy or export it again.',
  save_as_csv: () => FROM_EXCEL,
  remove_password: () =>
    'Open it and save it without the password (in Excel: File, Info, Protect Workbook, Encrypt with Password, and empty it), or save it as CSV.',
  choose_sheet: ({ sheet }) => `Say which: --sheet ${shellWords([sheet])}, or by its position among them.`,
  save_sheet_alone: () =>
    'Save the sheet that is meant as CSV, or as a workbook of its own, and name that file: --sheet speaks of the input alone.',
  calculate_workbook: () =>
    'Open it in Excel or LibreOffice, which calculates it, save it, and give that file.',
  part_merged_cells: () =>
    'Unmerge it, which shows both values, leave the one that is meant in each row, and save it.',
  clear_struck: () =>
    'Delete the rows that are not meant, or leave them out by a column of their own (--where); clear the strike-through of those that are; and save it.',
  leave_sheet_out: () => 'Leave it out, or name the workbook.',
  unpack: () => 'Unpack it first and give the CSV file in it; only .gz is read as it is.',
  export_as_csv: () => 'Export the table as CSV.',
  ask_for_csv: () => 'Ask for the table as CSV: a PDF holds only its picture.',
  save_text_as_csv: () => 'Save it as plain text or, from a spreadsheet, as CSV.',
  convert_json: () => 'Turn it into CSV first, for instance with jq and its @csv.',
  name_results_of_summary: ({ results }) => `Name the results beside it: ${shellWords([fileWord(results)])}`,
  known_encodings: () =>
    'Leave --encoding out for UTF-8, UTF-16, UTF-32 and Windows-1252; others are named as in iconv: shift_jis, gb18030, windows-1251, iso-8859-2, macintosh.',
  export_or_name_encoding: () => 'Export the table as CSV; if it is text, say in which --encoding.',
  name_delimiter: () =>
    'Save it with comma, semicolon, tab or pipe; or, if that line is wrong, say which with --delimiter.',
  separator_seen: ({ separator }) => {
    const word = separator === '\t' ? 'tab' : `"${separator}"`;
    return `The header was read as one cell. If ${word} is what separates the cells, say --delimiter ${word}; if each line as a whole is in quotes, save the file without them.`;
  },
  no_separator: () =>
    'Save it with comma, semicolon, tab or pipe between the cells; it needs a column of opportunities and one of entities.',
  file_cut_at_zeros: () =>
    'So a crash or a broken copy leaves a file: copy or export it again, and compare its size with the original.',
  close_quote: ({ row }) =>
    `Close it, or double it ("") if it belongs to the text, in row ${row}; then try again.`,
  close_quote_or_restore_line_ends: ({ row }) =>
    `Either a quote (") that opens in row ${row} is never closed: close it; or the file has lost its line ends: export it again.`,
  mend_row_in_editor: () => 'Open the file in a text editor, look at that row, and save it again.',
  same_fields: () => 'Give every object the same fields, the first one all of them.',
  choose_column: ({ role, column }) => `Say which, for instance: ${COLUMN_OPTIONS[role]} ${column}`,
  name_column: ({ role, example }) =>
    `Name it with ${COLUMN_OPTIONS[role]}, or give it a header such as ${example}.`,
  likely_columns: ({ role, column, replacement, entity, shown }) => {
    const beside = (of: 'replacement' | 'entity', value?: string): string =>
      value === undefined ? '' : ` ${COLUMN_OPTIONS[of]} ${value}`;
    const option = `${COLUMN_OPTIONS[role]} ${column}${beside('replacement', replacement)}${beside('entity', entity)}`;
    return shown.length === 1
      ? `${shown.join('')} holds such values; if it is the one: ${option}`
      : `${shown.join(' and ')} hold such values; say which is meant, for instance: ${option}`;
  },
  choose_column_by_position: ({ role, position }) =>
    `Say which by its position: ${COLUMN_OPTIONS[role]} ${position}`,
  copy_column_name: ({ columns }) =>
    `Copy the name as it stands in the header, or give the column's position, from 1 to ${columns}.`,
  one_column_a_role: () =>
    'Each of --opportunity-column, --type-column, --entity-column and --replace-column needs a column of its own.',
  write_condition: () =>
    'Write it as --where "COLUMN=VALUE,…" or --where "COLUMN!=VALUE,…"; a value that holds a comma stands in double quotes, such as --where \'Customer="Acme, Inc",Birch\'.',
  copy_value: () => 'Nothing was sent. Copy it as it stands in the file, or leave it out.',
  say_which_cells: ({ leaveOut, take }) =>
    [
      'Nothing was sent.',
      ...(leaveOut === undefined ? [] : [`To leave them out: ${whereWords(leaveOut)}.`]),
      ...(take === undefined ? [] : [`To take them: ${whereWords(take)}.`]),
      'Or write into each of these cells what is meant.',
    ].join(' '),
  widen_selection: () =>
    'Nothing was sent. Change what leaves rows out (--where, --entities, --replace-map), or leave a part of it out.',
  name_a_solution: () =>
    'Nothing was sent. Write its identifier (S-…), or the name as Partner Central has it.',
  mend_map: () =>
    'Nothing was sent. Give a table of two columns, old and new, with one pair of identifiers a row, each old one once.',
  name_map_columns: () =>
    'Nothing was sent. Name the two columns of the map old and new: what is removed, and what takes its place.',
  map_straight: () =>
    'Nothing was sent. Replace each identifier straight by the one that is to be left in the end; where a circle was meant, it takes two runs.',
  one_end: () =>
    'Nothing was sent. Leave the one that is meant, and delete the other (or leave it out with --where).',
  swap_back: () =>
    'Nothing was sent. Swap them back; if they are meant so, leave these rows out with --where, and give them in a file of their own.',
  one_replacement: () =>
    'Nothing was sent. Leave --replace-with or --replace-map out, or give a file without that column.',
  add_header: ({ opportunity, type, entity }) => {
    const types = type > 0 ? ` --type-column ${type}` : '';
    const entities = entity > 0 ? entity : 'N';
    return `Put a header above it (OpportunityIdentifier, RelatedEntityType, RelatedEntityIdentifier), or say where the columns stand: --no-header --opportunity-column ${opportunity}${types} --entity-column ${entities}`;
  },
  split_at_header: ({ row }) =>
    `Make a file of its own of row ${row} and all below it, or bring its columns into the order of the first; then try again.`,
  move_header_up: () => 'Move the header to the top, or remove what stands above it.',
  move_cells_up: () => 'Move its cells up again, or export it again.',
  restore_result_columns: ({ columns }) =>
    `Give it the columns ${columns.join(', ')} as the run wrote them, each once and anywhere, or remove them all to use it as a new input.`,
};
