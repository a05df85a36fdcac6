import { UNREAD_WORDS, type RowNote } from '../outcome.ts';

/** What the message of a row says that has a note. */
export const NOTE_SENTENCES: Readonly<Record<RowNote, string>> = {
  last_solution: 'The opportunity’s last solution.',
  last_of_type: 'The opportunity’s last entity of its type.',
  locked_review: 'The opportunity’s review status suggests that the service will refuse this now.',
  already_attached: 'The replacement is associated already.',
  old_absent: 'The old one is not there: only the new one would be attached.',
  detach_first:
    'The replacement has no place until the old one is gone: that is detached first, and attached again (a third write) if the replacement is refused.',
  unread: UNREAD_WORDS,
};
