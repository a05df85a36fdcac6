/** The process that holds a run, or an account's writes, as people are told of it. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** The command it works at: `oppsweep disassociate people.csv`. */
  readonly purpose: string;
  /** By Ctrl-Z or another stop signal; absent where it isn't, and where that can't be known, as on another host. */
  readonly suspended?: true;
}
