import { ENTITY_TYPES } from '../../model/entity.ts';
import type { StringRule } from './request-members.ts';

type Rules<Member extends string> = Readonly<Record<Member, StringRule>>;

const CATALOG: StringRule = { pattern: /^[a-zA-Z]+$/, oneOf: ['AWS', 'Sandbox'] };
const OPPORTUNITY: StringRule = { pattern: /^O[0-9]{1,19}$/ };

/** The inputs of AssociateOpportunity and DisassociateOpportunity. */
export const CHANGE_RULES: Rules<
  'Catalog' | 'OpportunityIdentifier' | 'RelatedEntityType' | 'RelatedEntityIdentifier'
> = {
  Catalog: CATALOG,
  OpportunityIdentifier: OPPORTUNITY,
  RelatedEntityType: { pattern: /^[a-zA-Z]+$/, oneOf: ENTITY_TYPES },
  RelatedEntityIdentifier: { pattern: /^.{1,255}$/s },
};

export const GET_RULES: Rules<'Catalog' | 'Identifier'> = { Catalog: CATALOG, Identifier: OPPORTUNITY };

/** ListOpportunities has optional inputs besides: list-opportunities.ts. */
export const LIST_RULES: Rules<'Catalog'> = { Catalog: CATALOG };
