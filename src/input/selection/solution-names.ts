import type { ListedSolution } from '../../model/call.ts';
import type { EntityType } from '../../model/entity.ts';
import type { Problem } from '../../model/problem.ts';
import { closest } from '../values/closest.ts';
import { typeOfShape } from '../values/identifier-shape.ts';
import { showValue } from '../values/show-value.ts';
import { foldedName, isName } from '../values/solution-name.ts';
import type { RawValues } from '../values/validate-values.ts';

/** What became of a row's entity that is meant by its name. */
export type NamedEntity =
  | { readonly kind: 'found'; readonly solution: ListedSolution }
  | { readonly kind: 'problem'; readonly problem: Problem };

type NamedField = 'entity' | 'replacement';

/** The kind of the problem of a name that nobody has looked up yet. */
export const NOT_LOOKED_UP = 'solution_name';

/** Reads names of solutions, in a column that holds such. */
export class SolutionNames {
  readonly #byName: ReadonlyMap<string, readonly ListedSolution[]> | undefined;
  readonly #names: readonly string[];
  readonly #inactive: ReadonlySet<string>;
  /** Told before: a name stands in many rows, and to look for the nearest one takes long. */
  readonly #unknown = new Map<string, Problem>();

  /** `undefined`: the service has not been asked. */
  constructor(solutions: readonly ListedSolution[] | undefined) {
    this.#byName = solutions && byName(solutions);
    this.#inactive = new Set(solutions?.filter(({ status }) => status !== 'Active').map(({ id }) => id));
    this.#names = [...new Set(solutions?.map(({ name }) => name))];
  }

  /** The entity that the values name; `undefined` where they name none. */
  of(values: RawValues, fallback: EntityType | undefined): NamedEntity | undefined {
    return isName(values, fallback) ? this.lookUp(values.entity, 'entity') : undefined;
  }

  /** What the values name to take the entity's place, likewise. */
  replacing(values: RawValues, fallback: EntityType | undefined): NamedEntity | undefined {
    const { replacement, replacementType, type, entity } = values;
    const named = { type: replacementType === '' ? type : replacementType, entity: replacement };
    const isNamed = isName(named, typeOfShape(entity) ?? fallback);
    return isNamed ? this.lookUp(replacement, 'replacement') : undefined;
  }

  /** Of a text that is known to be meant as a name. */
  lookUp(name: string, field: NamedField): NamedEntity {
    if (this.#byName === undefined) return { kind: 'problem', problem: notLookedUp(name, field) };
    const [solution, ...others] = this.#byName.get(foldedName(name)) ?? [];
    if (solution === undefined) return { kind: 'problem', problem: { ...this.#unknownName(name), field } };
    if (others.length > 0) return { kind: 'problem', problem: severalOf(name, field, [solution, ...others]) };
    return { kind: 'found', solution };
  }

  isActive(id: string): boolean {
    return !this.#inactive.has(id);
  }

  #unknownName(name: string): Problem {
    const known = this.#unknown.get(name) ?? unknownName(name, closest(name, this.#names));
    this.#unknown.set(name, known);
    return known;
  }
}

function byName(solutions: readonly ListedSolution[]): ReadonlyMap<string, readonly ListedSolution[]> {
  const found = new Map<string, ListedSolution[]>();
  for (const solution of solutions) {
    const folded = foldedName(solution.name);
    found.set(folded, [...(found.get(folded) ?? []), solution]);
  }
  return found;
}

function notLookedUp(name: string, field: NamedField): Problem {
  const message = `${showValue(name)} is no identifier; it seems to be a solution's name, and is looked up (ListSolutions) once a catalog is given.`;
  return { kind: NOT_LOOKED_UP, field, message };
}

function unknownName(name: string, suggestion: string | undefined): Problem {
  const message = `${showValue(name)} is neither an identifier nor the name of one of your solutions, as ListSolutions tells them.`;
  const kind = 'solution_name_unknown';
  return { kind, field: 'entity', message, ...(suggestion !== undefined && { suggestion }) };
}

function severalOf(name: string, field: NamedField, solutions: readonly ListedSolution[]): Problem {
  const shown = solutions.map(({ id, status }) => `${id} (${status})`);
  const message = `${solutions.length} solutions are called ${showValue(name)}: ${shown.join(' and ')}; write the identifier of the one that is meant.`;
  return { kind: 'solution_name_ambiguous', field, message };
}
