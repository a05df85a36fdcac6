import { lastSegment, sameEntityId, type EntityType } from '../../model/entity.ts';
import { byOpportunity, type Associated } from './associated.ts';

/** One opportunity's lines in both files. */
export interface SideBySide {
  readonly opportunityId: string;
  readonly before: readonly Associated[];
  readonly after: readonly Associated[];
}

/** An association that is in one of two files, or in both; of the absent one there is no row. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'same';
  readonly opportunityId: string;
  readonly type: EntityType;
  readonly entityId: string;
  readonly rowBefore?: number;
  readonly rowAfter?: number;
}

/** Each opportunity that either file names, once. Both are in the order of `byAssociation`. */
export async function* laySideBySide(
  before: AsyncIterable<Associated>,
  after: AsyncIterable<Associated>,
): AsyncGenerator<SideBySide> {
  const [left, right] = [groups(before), groups(after)];
  try {
    let [a, b] = [await left.next(), await right.next()];
    for (;;) {
      const first = earlier(a.value ?? undefined, b.value ?? undefined);
      if (first === undefined) return;
      const inBefore = a.done !== true && byOpportunity(a.value[0], first) === 0 ? a.value : [];
      const inAfter = b.done !== true && byOpportunity(b.value[0], first) === 0 ? b.value : [];
      yield { opportunityId: first.opportunityId, before: inBefore, after: inAfter };
      if (inBefore.length > 0) a = await left.next();
      if (inAfter.length > 0) b = await right.next();
    }
  } finally {
    // Closes the file that was not gone through to its end.
    await Promise.all([left.return(undefined), right.return(undefined)]);
  }
}

type Group = readonly [Associated, ...Associated[]];

function earlier(left: Group | undefined, right: Group | undefined): Associated | undefined {
  if (left === undefined || right === undefined) return (left ?? right)?.[0];
  return byOpportunity(left[0], right[0]) <= 0 ? left[0] : right[0];
}

async function* groups(lines: AsyncIterable<Associated>): AsyncGenerator<Group, undefined> {
  let group: [Associated, ...Associated[]] | undefined;
  for await (const line of lines) {
    if (group !== undefined && byOpportunity(group[0], line) === 0) group.push(line);
    else {
      if (group !== undefined) yield group;
      group = [line];
    }
  }
  if (group !== undefined) yield group;
  return undefined;
}

/** What became of an opportunity's associations: those of the first file in its order, then what was added. */
export function changesOf({ opportunityId, before, after }: SideBySide): readonly Change[] {
  const matches = matchesOf(before, after);
  const matched = new Set(matches.values());
  const changes: Change[] = [];
  for (const line of before) {
    if (line.entity === undefined) continue;
    const { type, id: entityId } = line.entity;
    const named = { opportunityId, type, entityId, rowBefore: line.row };
    const rowAfter = matches.get(line)?.row;
    changes.push(
      rowAfter === undefined ? { kind: 'removed', ...named } : { kind: 'same', ...named, rowAfter },
    );
  }
  for (const line of after) {
    if (line.entity === undefined || matched.has(line)) continue;
    const { type, id: entityId } = line.entity;
    changes.push({ kind: 'added', opportunityId, type, entityId, rowAfter: line.row });
  }
  return changes;
}

/** What is written alike belongs together before what is only the end of an ARN. */
function matchesOf(
  before: readonly Associated[],
  after: readonly Associated[],
): ReadonlyMap<Associated, Associated> {
  const matches = new Map<Associated, Associated>();
  const taken = new Set<Associated>();
  for (const name of [(id: string) => id, lastSegment]) {
    const named = new Map<string, Associated[]>();
    for (const line of after) {
      const key = `${line.entity?.type ?? ''} ${name(line.entity?.id ?? '')}`;
      const others = named.get(key);
      if (others === undefined) named.set(key, [line]);
      else others.push(line);
    }
    for (const line of before) {
      const { entity } = line;
      if (entity === undefined || matches.has(line)) continue;
      const match = named
        .get(`${entity.type} ${name(entity.id)}`)
        ?.find((other) => !taken.has(other) && sameEntityId(entity.id, other.entity?.id ?? ''));
      if (match === undefined) continue;
      matches.set(line, match);
      taken.add(match);
    }
  }
  return matches;
}
