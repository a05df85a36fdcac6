import type { JournalEntry } from '../../journal-line.ts';
import { foldRows } from '../../journal-state.ts';
import { keepMarks } from '../../marks/keep-marks.ts';
import type { RunContents, RunLease, WriteQuota } from '../../run-store.ts';
import { endEntry, type Summary } from '../../summary.ts';
import type { Committer } from '../database/committer.ts';
import type { RunToken } from '../database/write.ts';
import type { Database } from '../database/database.ts';
import { letGo } from '../database/hold.ts';
import { reservingQuota } from '../database/reserving-quota.ts';
import { assertOurs, goOnWithPieces, NO_TEXT } from './result-pieces.ts';
import { assertUnbroken, resumeAtMark } from './resume-at-mark.ts';
import type { Presence } from '../database/presence.ts';
import { leaseHold } from './lease-hold.ts';
import type { OpenedRow } from './open-run.ts';
import { contentsOf } from './run-contents.ts';
import { journalOf, type RunJournal } from './run-journal.ts';

export interface LeasedRun extends OpenedRow {
  readonly database: Database;
  readonly presence: Presence;
  readonly committer: Committer;
  /** Writes the finished results where this command runs. */
  readonly writeHere: (contents: RunContents) => Promise<void>;
}

/** The lease of a run whose epoch this process has raised. */
export function leaseOf(leased: LeasedRun): RunLease {
  const { run, token, database, committer, writeHere, takePlace, letGoOfEarlier } = leased;
  const { job, state } = run;
  const marks = keepMarks(state);
  const rows = foldRows(state);
  const journal = journalOf(token, committer, rows.add);
  const contents = contentsOf(run, database.ask);
  let session: WriteQuota | undefined;
  const write = (entry: JournalEntry): Promise<void> => {
    marks.add(entry);
    return journal.append(entry);
  };
  return {
    ...contents,
    hold: leaseHold(leased, () => {
      const account = session && reservingQuota(session)?.account;
      return [
        { ...token, table: 'run' },
        ...(account === undefined ? [] : [{ ...account, table: 'account' as const }]),
      ];
    }),
    begin: async (start, quota) => {
      if (state.job === undefined) {
        await takePlace();
        marks.add(job);
        journal.note(job);
      }
      session = quota;
      const { place } = quota;
      await write({ ...start, ...(place !== undefined && { ledgerFolder: place }) });
    },
    append: write,
    note: (entry) => {
      marks.add(entry);
      journal.note(entry);
    },
    claim: async (note, day) => {
      if (session === undefined) throw new Error('The session has not begun.');
      const own = reservingQuota(session);
      const taken = own === undefined ? await session.takeWrite(day) : await own.reserve(day);
      if (taken !== 'taken' && 'waitMs' in taken) return taken;
      marks.add(note);
      if (taken === 'taken') await journal.append(note);
      else await journal.appendWith(note, taken);
      return 'noted';
    },
    chain: journal.head,
    soFar: async () => ({ ...rows.soFar(), chain: journal.head() }),
    sessions: () => marks.state().sessions,
    passed: marks.passed,
    mark: (progress) => {
      const mark = marks.mark(progress, job.id);
      if (mark === undefined) return 0;
      journal.note(mark);
      return JSON.stringify(mark).length;
    },
    flush: journal.flush,
    results: () => goOnWithPieces(database, token, NO_TEXT()),
    resume: async (fits) => {
      const resumed = await resumeAtMark(run, leased, fits);
      if (resumed === undefined && run.mark !== undefined)
        assertUnbroken(await contents.checkChain(), run.places.folder);
      return resumed;
    },
    publish: async (summary) => {
      await publish(summary, journal, leased);
      await writeHere(contents);
    },
    release: async () => {
      await committer.idle();
      const begun = session !== undefined || state.job !== undefined;
      await leave(database, token, begun).catch(() => undefined);
      if (!begun) await letGoOfEarlier().catch(() => undefined);
    },
  };
}

/** Results, summary and the journal's end in one step; made twice, it is as made once. */
async function publish(summary: Summary, journal: RunJournal, leased: LeasedRun): Promise<void> {
  const { token, database } = leased;
  await journal.flush();
  const { line, head } = journal.link(endEntry(summary));
  const write = database.transact(async (ask) => {
    await assertOurs(ask, token);
    await ask('delete from oppsweep.published where run = $1', [token.id]);
    await ask(
      `insert into oppsweep.published (run, from_byte, bytes)
       select run, from_byte, bytes from oppsweep.result where run = $1`,
      [token.id],
    );
    await ask(
      `insert into oppsweep.line (run, n, mark, text) values ($1, $2, false, $3)
       on conflict (run, n) do nothing`,
      [token.id, head.lines, line.slice(0, -1)],
    );
    await ask('update oppsweep.run set lines = $2, head = $3, summary = $4 where id = $1', [
      token.id,
      head.lines,
      head.sha256,
      `${JSON.stringify(summary, null, 2)}\n`,
    ]);
  });
  await write.catch((error: unknown) => {
    token.failure ??= error;
    throw error;
  });
  token.written = head;
}

/** A run whose first line was never written leaves nothing behind. */
async function leave({ ask }: Database, { id, epoch }: RunToken, begun: boolean): Promise<void> {
  if (begun) await letGo(ask, { table: 'run', id }, epoch);
  else await ask('delete from oppsweep.run where id = $1 and epoch = $2', [id, epoch]);
}
