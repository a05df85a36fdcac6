import { FAULT_KINDS } from '../../emulator/faults/fault-kinds.ts';

const NAME_WIDTH = Math.max(...Object.keys(FAULT_KINDS).map((name) => name.length));

const FAULTS = Object.entries(FAULT_KINDS).map(
  ([name, { meets }]) => `  ${name.padEnd(NAME_WIDTH)}  ${meets}`,
);

/** The end of `oppsweep emulator --help`. */
export const EMULATOR_HELP: string = `
The seed is read as every input is. These columns of it, if they are there, tell what its opportunities say of
themselves: Stage, Review Status, Customer, Project Title, Partner CRM ID, Created, Last Modified, Target Close Date.
A row with neither an entity nor its type is an opportunity that holds nothing.

The list of solutions has the columns Id, Name, Status (Active, Inactive, Draft), Category and
AwsMarketplaceSolutionArn; only Id is needed. Solutions that are not Active can't be associated.

Kinds of fault:
${FAULTS.join('\n')}

For tests, beside the service itself:
  GET /_emulator/calls      the newest 100,000 calls, a line of JSON each: what was asked, when, what became of it
  GET /_emulator/state      the associations as they are now, a line of JSON each
  GET /_emulator/counts     calls, changes, exceptions and faults so far
  POST /_emulator/script    faults to come: [{"kind":"unavailable","times":"always","after":{"calls":150}}];
                            also "operation", "opportunityId", "headers"; "times" may be a number
  DELETE /_emulator/script  ends them
  POST /_emulator/roles     external ids that roles ask for: {"arn:aws:iam::111122223333:role/partner":"x-1"}

Examples:
  oppsweep emulator --seed people.csv --rate 50 --latency 80±40 --fault throttle=5%,reset=1%
  oppsweep emulator --seed export.csv --solutions solutions.csv --read-lag 2 --keep-last-solution
`;
