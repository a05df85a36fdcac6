import type { EntityType } from '../../model/entity.ts';
import type { FoundColumns } from './found-columns.ts';

/** Where a row's values stand, from 0; -1 for none. */
export interface ColumnIndexes {
  readonly opportunity: number;
  readonly entity: number;
  /** All columns of identifiers, where there are several; none where there is one. */
  readonly entities: readonly EntityPlace[];
  readonly type: number;
  readonly replacement: number;
  readonly replacementType: number;
  /** The type of every row, told by the user. */
  readonly toldType: EntityType | undefined;
  /** The type where neither cell nor shape tells one. */
  readonly fallbackType: EntityType | undefined;
}

/** One of several columns of identifiers, and the type that its name tells. */
export interface EntityPlace {
  readonly index: number;
  readonly tells: EntityType | undefined;
}

export function columnIndexes(columns: FoundColumns): ColumnIndexes {
  const { type, entity, furtherEntities = [] } = columns;
  const several = furtherEntities.length === 0 ? [] : [entity, ...furtherEntities];
  return {
    opportunity: columns.opportunity.index,
    entity: entity.index,
    entities: several.map(({ index, tells }) => ({ index, tells })),
    type: type.kind === 'column' ? type.column.index : -1,
    replacement: columns.replacement?.index ?? -1,
    replacementType: columns.replacementType?.index ?? -1,
    toldType: type.kind === 'option' ? type.type : undefined,
    fallbackType: type.kind === 'entity_header' ? type.type : undefined,
  };
}
