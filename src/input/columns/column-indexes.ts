import type { EntityType } from '../../model/entity.ts';
import type { FoundColumns } from './found-columns.ts';

/** Where a row's values stand, from 0; -1 for none. */
export interface ColumnIndexes {
  readonly opportunity: number;
  readonly entity: number;
  readonly type: number;
  readonly replacement: number;
  readonly replacementType: number;
  /** The type of every row, told by the user. */
  readonly toldType: EntityType | undefined;
  /** The type where neither cell nor shape tells one. */
  readonly fallbackType: EntityType | undefined;
}

export function columnIndexes(columns: FoundColumns): ColumnIndexes {
  const { type } = columns;
  return {
    opportunity: columns.opportunity.index,
    entity: columns.entity.index,
    type: type.kind === 'column' ? type.column.index : -1,
    replacement: columns.replacement?.index ?? -1,
    replacementType: columns.replacementType?.index ?? -1,
    toldType: type.kind === 'option' ? type.type : undefined,
    fallbackType: type.kind === 'entity_header' ? type.type : undefined,
  };
}
