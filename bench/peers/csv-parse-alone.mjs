// What csv-parse does with a file, with the options that `check` gives it, when nobody looks at the rows.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { csvOptions } from '../../build/input/records/csv-reader.js';

const parser = createReadStream(process.argv[2]).pipe(parse(csvOptions(',')));
let records = 0;
parser.on('data', () => (records += 1));
parser.on('end', () => console.log(records));
